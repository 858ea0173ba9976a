package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.Books;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.desk.GroupCommit.Pending;
import io.tidegate.engine.signup.desk.secret.Ids;
import io.tidegate.engine.signup.desk.secret.KeyBook;
import io.tidegate.engine.signup.store.SignupStore;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.tidegate.engine.signup.store.table.EntryTable;
import io.tidegate.engine.signup.store.table.Fingerprints;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.EpochClock;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.Props;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the sign-ups: changes go to the one writer, looks go past it.
 *
 * <p>Threading: safe for all. Nothing here blocks its caller but {@link #start} and {@link #close}.
 */
public final class SignupDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignupDesk.class);

  /** Requests that may wait for their commit; more are refused at once. */
  public static final int MOST_WAITING = 10_000;

  private static final int READERS = 4;
  private static final int MOST_READS_WAITING = 10_000;
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** A look at the tables; it must not change them. */
  public interface Look<T> {
    T on(Connection connection, Fingerprints fingerprints) throws SQLException;
  }

  private final SignupStore store;
  private final EpochClock clock;
  private final GroupCommit commit;
  private final ExecutorService storeThread = threads("tidegate-store-writer", 1, MOST_WAITING);
  private final ExecutorService readers =
      threads("tidegate-store-reader", READERS, MOST_READS_WAITING);
  private final AtomicInteger waiting = new AtomicInteger();
  private final ActorRef<DeskWriter.Command> writer;

  private SignupDesk(
      SignupStore store,
      DeskSettings settings,
      EpochClock clock,
      Request<?> upkeep,
      ActorSystem<?> system)
      throws StoreException {
    this.store = store;
    this.clock = clock;
    this.commit = new GroupCommit(store, settings, clock);
    open();
    Props bounded = MailboxSelector.bounded(2 * MOST_WAITING);
    this.writer =
        system.systemActorOf(
            DeskWriter.create(commit, upkeep, storeThread), "signups-" + Ids.random(6), bounded);
  }

  /**
   * Opens the store and the desk. A store that cannot be reached now is no obstacle: the desk
   * refuses until it can be.
   *
   * @param upkeep what is to be done every second
   * @throws StoreException if somebody has to do something about the store first
   */
  public static SignupDesk start(
      StoreSettings where,
      DeskSettings settings,
      EpochClock clock,
      Request<?> upkeep,
      ActorSystem<?> system)
      throws StoreException {
    SignupStore store = SignupStore.at(where);
    try {
      return new SignupDesk(store, settings, clock, upkeep, system);
    } catch (StoreException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void open() throws StoreException {
    try {
      CompletableFuture.runAsync(
              () -> {
                try {
                  commit.load();
                } catch (StoreException e) {
                  throw new CompletionException(e);
                }
              },
              storeThread)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failure) {
        if (failure.kind() != StoreException.Kind.UNREACHABLE) {
          shutDown();
          throw failure;
        }
        LOG.error("sign-ups cannot be taken: {}", failure.getMessage());
      } else {
        shutDown();
        throw e;
      }
    }
  }

  /**
   * Asks for a change. The stage completes when it is on disk; it fails with {@link
   * UnavailableException} if the store is down or too many wait.
   */
  public <T> CompletionStage<T> ask(Request<T> request) {
    Pending<T> pending = Pending.of(request);
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      pending.fail(new UnavailableException("too many wait for the store already", null));
      return pending.answer();
    }
    CompletableFuture<T> answer =
        pending.answer().whenComplete((done, failure) -> waiting.decrementAndGet());
    writer.tell(new DeskWriter.Do(pending));
    return answer;
  }

  /** Looks something up in the tables; never waits for a writer. */
  public <T> CompletionStage<T> look(Look<T> look) {
    CompletableFuture<T> found = new CompletableFuture<>();
    try {
      readers.execute(() -> complete(found, look));
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(
          new UnavailableException("too many look into the store already", e));
    }
    return found;
  }

  private <T> void complete(CompletableFuture<T> found, Look<T> look) {
    try {
      Fingerprints fingerprints =
          commit
              .fingerprints()
              .orElseThrow(() -> new UnavailableException("the store was never reached", null));
      found.complete(store.read(connection -> look.on(connection, fingerprints)));
    } catch (StoreException e) {
      found.completeExceptionally(new UnavailableException(e.getMessage(), e));
    } catch (UnavailableException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }

  /** An entry of a wait-list, and where it stands in it. */
  public CompletionStage<Optional<EntryView>> entry(String id) {
    return look((connection, fingerprints) -> new EntryTable(connection, fingerprints).find(id))
        .thenApply(
            found ->
                found.map(entry -> EntryView.of(entry, books().of(entry.plan()), clock.time())));
  }

  /** What the rows of all plans add up to, as committed last; from memory. */
  public Books books() {
    return commit.books();
  }

  /** Whose key is whose; from memory. */
  public KeyBook keyBook() {
    return commit.keyBook();
  }

  /** Answers what is being done, refuses what waits, and closes the store. */
  @Override
  public void close() {
    writer.tell(DeskWriter.Close.INSTANCE);
    shutDown();
    try {
      // What was begun is finished: a second at most, unless the store hangs.
      boolean ended = storeThread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        LOG.warn("the store did not finish its last transaction in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  private void shutDown() {
    storeThread.shutdown();
    readers.shutdown();
  }

  private static ExecutorService threads(String name, int count, int waiting) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        count,
        count,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(waiting),
        work -> {
          Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
