package io.tidegate.http.identity;

import io.tidegate.http.config.identity.JwtConfig;
import io.tidegate.http.config.identity.JwtConfig.Keys;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an identity server publishes, as they were when it was asked last. They are fetched
 * anew from time to time, and out of turn when a token names a key that is not among them. While
 * the server cannot be asked, the last ones stay.
 *
 * <p>Threading: one thread of its own writes, all may read and ask.
 */
final class PublishedKeys implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

  /** No sender of tokens can make the gate ask more often. */
  private static final Duration LEAST_BETWEEN = Duration.ofSeconds(5);

  private final JwtConfig config;
  private final KeyServer server;
  private final InstantSource clock;
  private final long refreshNanos;
  private final long leastBetweenNanos;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "tidegate-identity-keys");
            made.setDaemon(true);
            return made;
          });

  private volatile Optional<VerifyingKeys> keys = Optional.empty();

  /** Whether it is not known that the keys are the server's last ones: it is asked, or silent. */
  private volatile boolean inDoubt = true;

  private volatile long askedAtNanos;
  private String text = "";
  private boolean failing;

  @SuppressWarnings("FutureReturnValueIgnored") // whatever a fetch throws is caught inside
  PublishedKeys(JwtConfig config, Keys.Server where, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    server = new KeyServer(where.url());
    refreshNanos = where.refresh().toNanos();
    leastBetweenNanos = Math.min(LEAST_BETWEEN.toNanos(), refreshNanos);
    askedAtNanos = System.nanoTime();
    thread.execute(this::fetch);
    thread.scheduleWithFixedDelay(
        this::fetchIfDue, leastBetweenNanos, leastBetweenNanos, TimeUnit.NANOSECONDS);
  }

  /** The last ones; empty until the server has answered once. */
  Optional<VerifyingKeys> now() {
    return keys;
  }

  /**
   * Has the keys fetched anew, unless that was done a moment ago.
   *
   * @return whether they may change soon: they are being fetched, or could not be
   */
  boolean mayChange() {
    if (!inDoubt && System.nanoTime() - askedAtNanos >= leastBetweenNanos) {
      inDoubt = true;
      thread.execute(this::fetchAgain);
    }
    return inDoubt;
  }

  /** A fetch that was wanted by several at once is done once. */
  private void fetchAgain() {
    if (System.nanoTime() - askedAtNanos >= leastBetweenNanos) {
      fetch();
    }
  }

  private void fetchIfDue() {
    if (failing || System.nanoTime() - askedAtNanos >= refreshNanos) {
      fetch();
    }
  }

  private void fetch() {
    askedAtNanos = System.nanoTime();
    try {
      take(server.fetch().join());
      inDoubt = false;
      if (failing) {
        failing = false;
        LOG.info("the keys of {} can be fetched again", server.url());
      }
    } catch (ParseException | RuntimeException e) {
      inDoubt = true;
      if (!failing) {
        failing = true;
        LOG.warn(
            "the keys of {} cannot be fetched, {}: {}",
            server.url(),
            keys.isPresent() ? "the last ones stay" : "no token can be checked",
            e instanceof CompletionException ? String.valueOf(e.getCause()) : e.getMessage());
      }
    }
  }

  /** Keys that have not changed stay together with what they have found good. */
  private void take(String fetched) throws ParseException {
    if (!fetched.equals(text)) {
      keys = Optional.of(VerifyingKeys.of(config, KeyServer.parse(fetched), clock));
      text = fetched;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
