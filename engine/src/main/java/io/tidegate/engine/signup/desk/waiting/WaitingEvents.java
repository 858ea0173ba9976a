package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.EventBody;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/** Tells of what happens on the wait-list. */
final class WaitingEvents {
  private WaitingEvents() {}

  /** Somebody joined; if the e-mail was known already, its owner ought to hear of it. */
  static void joined(Transaction tx, WaitEntry entry, Optional<String> known) throws SQLException {
    EventBody body =
        about(tx, "waitlist.joined", entry)
            .flag("already_known", known.isPresent())
            .text("known_as", known);
    tx.tell("waitlist.joined", entry.email(), body);
  }

  /** Somebody's turn has come; the token is theirs alone. */
  static void invited(Transaction tx, WaitEntry entry) throws SQLException {
    EventBody body =
        about(tx, "waitlist.invited", entry)
            .text("invite", tx.tokens().of(entry))
            .time("claim_until", entry.dueAtMillis());
    tx.tell("waitlist.invited", entry.email(), body);
  }

  /** An invite was not used in time. */
  static void expired(Transaction tx, WaitEntry entry) throws SQLException {
    tx.tell("waitlist.expired", entry.email(), about(tx, "waitlist.expired", entry));
  }

  private static EventBody about(Transaction tx, String type, WaitEntry entry) {
    return EventBody.of(type, tx.nowMillis())
        .text("id", entry.id())
        .text("plan", entry.plan())
        .text("email", entry.email().map(Email::address));
  }
}
