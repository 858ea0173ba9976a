package io.tidegate.engine.signup.desk;

import io.tidegate.engine.signup.Books;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.PlanBook;
import io.tidegate.engine.signup.SignupEvent;
import io.tidegate.engine.signup.desk.secret.Ids;
import io.tidegate.engine.signup.desk.secret.InviteTokens;
import io.tidegate.engine.signup.desk.secret.KeyBook;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.store.table.EntryTable;
import io.tidegate.engine.signup.store.table.Fingerprints;
import io.tidegate.engine.signup.store.table.GateTable;
import io.tidegate.engine.signup.store.table.KeyTable;
import io.tidegate.engine.signup.store.table.OutboxTable;
import io.tidegate.engine.signup.store.table.PlaceTable;
import io.tidegate.engine.signup.store.table.ReplayTable;
import io.tidegate.engine.signup.store.table.ShedTable;
import io.tidegate.engine.signup.store.table.SubscriberTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a request works on: the tables as the requests before it in the same commit have left them,
 * and drafts of what is in memory. Drafts count only if the commit comes through.
 *
 * <p>Not safe for use by several threads.
 */
public final class Transaction {
  private final Connection connection;
  private final DeskSettings settings;
  private final Fingerprints fingerprints;
  private final long nowMillis;
  private final List<Consumer<KeyBook>> keyChanges = new ArrayList<>();
  private Books books;

  Transaction(
      Connection connection,
      DeskSettings settings,
      Fingerprints fingerprints,
      Books books,
      long nowMillis) {
    this.connection = connection;
    this.settings = settings;
    this.fingerprints = fingerprints;
    this.books = books;
    this.nowMillis = nowMillis;
  }

  /** The time of the commit, in milliseconds of the epoch. */
  public long nowMillis() {
    return nowMillis;
  }

  public DeskSettings settings() {
    return settings;
  }

  /** Whether a plan is sold now. */
  public SignupState state(String plan) {
    return books.of(plan).state();
  }

  public Fingerprints fingerprints() {
    return fingerprints;
  }

  public InviteTokens tokens() {
    return new InviteTokens(fingerprints);
  }

  public EntryTable entries() {
    return new EntryTable(connection, fingerprints);
  }

  public PlaceTable places() {
    return new PlaceTable(connection, fingerprints);
  }

  public SubscriberTable subscribers() {
    return new SubscriberTable(connection, fingerprints);
  }

  public KeyTable keys() {
    return new KeyTable(connection);
  }

  public OutboxTable outbox() {
    return new OutboxTable(connection);
  }

  public ReplayTable replays() {
    return new ReplayTable(connection);
  }

  public ShedTable sheds() {
    return new ShedTable(connection);
  }

  public GateTable gates() {
    return new GateTable(connection);
  }

  /** The books as this transaction has made them. */
  public Books books() {
    return books;
  }

  /** The books of one plan. */
  public PlanBook book(String plan) {
    return books.of(plan);
  }

  /** Changes the books of one plan. */
  public void book(String plan, UnaryOperator<PlanBook> change) {
    books = books.with(plan, change.apply(books.of(plan)));
  }

  /** Changes what is known of keys, once this is committed. */
  public void keyBook(Consumer<KeyBook> change) {
    keyChanges.add(change);
  }

  /** When an e-mail is to be forgotten whose business ends now. */
  public long forgetAtMillis() {
    return nowMillis + settings.retention().toMillis();
  }

  /** Tells all listeners of something; every listener once, and not before this is committed. */
  public void tell(String type, Optional<Email> email, EventBody body) throws SQLException {
    tellPerson(type, email.map(fingerprints::of), body);
  }

  /** The same of somebody of whom only a fingerprint is known. */
  public void tellPerson(String type, Optional<String> person, EventBody body) throws SQLException {
    if (settings.listeners().isEmpty()) {
      return;
    }
    SignupEvent event =
        new SignupEvent(Ids.next("evt", nowMillis), type, nowMillis, body.json(), person);
    OutboxTable outbox = outbox();
    for (String listener : settings.listeners()) {
      outbox.insert(event, listener);
    }
  }

  List<Consumer<KeyBook>> keyChanges() {
    return keyChanges;
  }
}
