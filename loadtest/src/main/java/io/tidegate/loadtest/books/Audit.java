package io.tidegate.loadtest.books;

import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.client.Nanos;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.TierTotals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a gate's books before a run and after it, and judges whether they add up: each request that
 * was offered is admitted, refused, gone from the queue or waiting; each that was admitted has
 * ended once nothing is in flight; and what the tester saw answered, the gate knows of.
 *
 * <p>Others may use the gate meanwhile, which makes its counts larger than the tester's, never
 * smaller.
 *
 * <p>Not thread-safe.
 */
public final class Audit {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long it may take until the gate has noticed that all clients are gone. */
  private static final Duration REST_WITHIN = Duration.ofSeconds(10);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final String ASSERTION = "the gate's own books add up";

  /** Refusals that only a gate's admission makes; others may be its upstream's. */
  private static final Set<String> OF_A_GATE =
      Set.of("no-room", "queue-full", "queue-timeout", "tier-full", "over-sessions", "over-rate");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final URI metrics;
  private final Books before;

  private Audit(URI metrics) throws IOException {
    this.metrics = metrics;
    this.before = read();
  }

  /**
   * Opens the books.
   *
   * @param metrics the gate's metrics page
   * @throws IOException if it cannot be read, or is not a gate's
   */
  public static Audit begin(URI metrics) throws IOException {
    return new Audit(metrics);
  }

  /** Closes them, once the gate is at rest, and judges. Books that are gone do not add up. */
  public AssertionResult judge(RunData run) {
    try {
      return judge(atRest().since(before), run);
    } catch (IOException e) {
      return new AssertionResult(ASSERTION, e.getMessage(), false);
    }
  }

  private Books atRest() throws IOException {
    long deadline = Nanos.now() + REST_WITHIN.toNanos();
    Books now = read();
    while (!now.atRest() && Nanos.now() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      now = read();
    }
    return now;
  }

  /** The judgement of what was counted meanwhile. */
  static AssertionResult judge(Books counted, RunData run) {
    List<String> errors = new ArrayList<>(counted.errors());
    Books.Account all = counted.all();
    long whole = run.totals().values().stream().mapToLong(TierTotals::ok).sum();
    if (whole > all.completed()) {
      errors.add(whole + " answers came whole, but " + all.completed() + " completed");
    }
    long refusals = run.totals().values().stream().mapToLong(Audit::refusedByTheGate).sum();
    if (refusals > all.refused()) {
      errors.add(refusals + " refusals came, but " + all.refused() + " refused");
    }
    return new AssertionResult(
        ASSERTION,
        errors.isEmpty() ? all.offered() + " requests offered" : String.join("; ", errors),
        errors.isEmpty());
  }

  private static long refusedByTheGate(TierTotals tier) {
    return tier.shed().entrySet().stream()
        .filter(shed -> OF_A_GATE.contains(shed.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private Books read() throws IOException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      Books books = Books.parse(answer.body());
      if (answer.statusCode() != 200 || books.tiers().isEmpty()) {
        throw new IOException(metrics + " is no metrics page of a gate");
      }
      return books;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().contains(" is no metrics")
          ? e
          : new IOException("cannot read " + metrics + ": " + e, e);
    }
  }
}
