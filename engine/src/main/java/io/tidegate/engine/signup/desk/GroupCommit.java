package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.Books;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.desk.secret.KeyBook;
import io.tidegate.engine.signup.store.SignupStore;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.table.BookTable;
import io.tidegate.engine.signup.store.table.FactTable;
import io.tidegate.engine.signup.store.table.Fingerprints;
import io.tidegate.engine.signup.store.table.KeyTable;
import io.tidegate.engine.signup.store.table.SubscriberTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.EpochClock;

/**
 * Does several requests in one transaction, and answers them when it is committed.
 *
 * <p>One forced write of the disk is then shared by all of a group. If one request makes the
 * transaction fail, each is done again in a transaction of its own, so that it fails alone. After a
 * lost connection everything in memory is read again: what was committed last is not known.
 *
 * <p>Threading: {@link #run} for one thread at a time; {@link #books} and {@link #keyBook} for all,
 * what they return was committed. Source: group commit, DeWitt et al., SIGMOD 1984, section 5.2.
 */
final class GroupCommit {

  /** A request whose answer somebody waits for. */
  record Pending<T>(Request<T> request, CompletableFuture<T> answer) {

    static <T> Pending<T> of(Request<T> request) {
      return new Pending<>(request, new CompletableFuture<>());
    }

    private Runnable decide(Transaction transaction) throws SQLException {
      T decided = request.decide(transaction);
      return () -> answer.complete(decided);
    }

    void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }

  private static final int PAGE = 10_000;

  private final SignupStore store;
  private final DeskSettings settings;
  private final EpochClock clock;
  private final KeyBook keyBook = new KeyBook();
  private volatile Books books = Books.EMPTY;
  private volatile Optional<Fingerprints> fingerprints = Optional.empty();
  private boolean loaded;

  GroupCommit(SignupStore store, DeskSettings settings, EpochClock clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** The books as they were committed last. */
  Books books() {
    return books;
  }

  KeyBook keyBook() {
    return keyBook;
  }

  /** Under the store's secret; empty as long as the store was never reached. */
  Optional<Fingerprints> fingerprints() {
    return fingerprints;
  }

  /** Reads what is in memory, if that has not been done since the store was reached. */
  void load() throws StoreException {
    if (loaded && store.connected()) {
      return;
    }
    store.write(
        connection -> {
          fingerprints = Optional.of(new FactTable(connection).fingerprints());
          books = new BookTable(connection).load(clock.time());
          loadKeys(connection);
          loaded = true;
          return loaded;
        });
  }

  /**
   * Does these requests and answers every one.
   *
   * @return why the store is down; empty: it is not
   */
  Optional<StoreException> run(List<? extends Pending<?>> group) {
    try {
      load();
      List<Runnable> answers = commit(group);
      answers.forEach(Runnable::run);
      return Optional.empty();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.REFUSED) {
        return oneByOne(group, e);
      }
      UnavailableException unavailable = new UnavailableException(e.getMessage(), e);
      group.forEach(pending -> pending.fail(unavailable));
      return Optional.of(e);
    } catch (RuntimeException bug) {
      return oneByOne(group, bug);
    }
  }

  private Optional<StoreException> oneByOne(List<? extends Pending<?>> group, Exception failure) {
    if (group.size() == 1) {
      group.get(0).fail(failure);
      return Optional.empty();
    }
    Optional<StoreException> down = Optional.empty();
    for (Pending<?> pending : group) {
      Optional<StoreException> failed = run(List.of(pending));
      down = failed.isPresent() ? failed : down;
    }
    return down;
  }

  private List<Runnable> commit(List<? extends Pending<?>> group) throws StoreException {
    Transaction[] done = new Transaction[1];
    List<Runnable> answers =
        store.write(
            connection -> {
              Transaction transaction =
                  new Transaction(
                      connection, settings, fingerprints.orElseThrow(), books, clock.time());
              List<Runnable> decided = new ArrayList<>(group.size());
              for (Pending<?> pending : group) {
                decided.add(pending.decide(transaction));
              }
              new BookTable(connection).save(books, transaction.books());
              done[0] = transaction;
              return decided;
            });
    books = done[0].books();
    done[0].keyChanges().forEach(change -> change.accept(keyBook));
    return answers;
  }

  private void loadKeys(Connection connection) throws SQLException {
    String after = "";
    List<Subscription> subscribers;
    SubscriberTable table = new SubscriberTable(connection, fingerprints.orElseThrow());
    do {
      subscribers = table.page(after, PAGE);
      subscribers.forEach(keyBook::put);
      after = subscribers.isEmpty() ? after : subscribers.get(subscribers.size() - 1).id();
    } while (subscribers.size() == PAGE);
    after = "";
    List<ApiKey> keys;
    do {
      keys = new KeyTable(connection).page(after, PAGE);
      for (ApiKey key : keys) {
        if (key.revokedAtMillis().isPresent()) {
          keyBook.remove(key.hash());
        } else {
          keyBook.add(key);
        }
      }
      after = keys.isEmpty() ? after : keys.get(keys.size() - 1).id();
    } while (keys.size() == PAGE);
  }
}
