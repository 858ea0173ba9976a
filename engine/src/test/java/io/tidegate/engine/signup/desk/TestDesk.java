package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.Books;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.PlanBook;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.desk.GroupCommit.Pending;
import io.tidegate.engine.signup.desk.secret.KeyBook;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.upkeep.Sweep;
import io.tidegate.engine.signup.desk.waiting.InviteNext;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.store.SignupStore;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** A desk without its actor: a request is committed when the call returns; time is told. */
final class TestDesk implements AutoCloseable {
  static final String PLAN = "plus";
  static final Duration CLAIM = Duration.ofDays(2);
  static final Duration CARD = Duration.ofMinutes(15);

  final long[] now = {1_700_000_000_000L};
  private final StoreSettings where;
  private final DeskSettings settings;
  private SignupStore store;
  private GroupCommit commit;

  TestDesk(StoreSettings where, DeskSettings settings) {
    this.where = where;
    this.settings = settings;
    open();
  }

  static DeskSettings settings(OptionalLong places, Optional<Duration> grace) {
    Map<String, Duration> holds = new LinkedHashMap<>();
    holds.put("card", CARD);
    holds.put("google_play", Duration.ofDays(3));
    SaleTerms plus = new SaleTerms(PLAN, places, holds, grace, CLAIM);
    SaleTerms pro = new SaleTerms("pro", OptionalLong.empty(), holds, grace, CLAIM);
    return DeskSettings.of(List.of(plus, pro), Set.of("crm"));
  }

  static DeskSettings settings() {
    return settings(OptionalLong.empty(), Optional.empty());
  }

  private void open() {
    store = SignupStore.at(where);
    commit = new GroupCommit(store, settings, () -> now[0]);
  }

  /** As if the process had ended and been started again. */
  void restart() {
    store.close();
    open();
    ask(tx -> 0);
  }

  <T> T ask(Request<T> request) {
    return ask(List.of(request)).get(0);
  }

  /** Several in one commit. */
  <T> List<T> ask(List<? extends Request<T>> requests) {
    List<Pending<T>> group = new ArrayList<>();
    requests.forEach(request -> group.add(Pending.of(request)));
    commit.run(group);
    return group.stream().map(pending -> pending.answer().join()).toList();
  }

  void run(List<? extends Pending<?>> group) {
    commit.run(group);
  }

  Throwable failure(Request<?> request) {
    Pending<?> pending = Pending.of(request);
    commit.run(List.of(pending));
    try {
      pending.answer().join();
      throw new AssertionError("it was done");
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  Answer.Waits join(String email) {
    return (Answer.Waits) ask(new Join(new Email(email), PLAN));
  }

  int invite(int most) {
    return ask(new InviteNext(PLAN, most));
  }

  void sweep() {
    ask(new Sweep());
  }

  void pass(Duration time) {
    now[0] += time.toMillis();
    sweep();
  }

  void state(SignupState state) {
    ask(
        tx -> {
          tx.book(PLAN, book -> book.state(state));
          return state;
        });
  }

  PlanBook book() {
    return books().of(PLAN);
  }

  Books books() {
    return commit.books();
  }

  Optional<Subscription> holder(String key) {
    return commit.keyBook().find(IssueKey.hash(key)).flatMap(KeyBook.Holder::subscription);
  }

  boolean works(ApiKey key) {
    return commit.keyBook().find(key.hash()).isPresent();
  }

  /** Types of the events that were told, oldest first. */
  List<String> told() {
    return query("SELECT type FROM outbox ORDER BY created_at, type");
  }

  List<String> query(String sql) {
    try {
      return store.read(
          connection -> {
            List<String> found = new ArrayList<>();
            try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
              while (rows.next()) {
                found.add(rows.getString(1));
              }
            }
            return found;
          });
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
