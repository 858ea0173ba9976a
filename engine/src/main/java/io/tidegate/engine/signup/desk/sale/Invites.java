package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.secret.InviteTokens;
import io.tidegate.engine.signup.desk.waiting.Endings;
import java.sql.SQLException;
import java.util.Optional;

/** Turns an invite into a place, once. */
final class Invites {
  private Invites() {}

  /**
   * Holds a place for whoever shows that token.
   *
   * @param email whom it must be for; empty: for whomever it is
   * @param plan which plan it must be for; empty: for whichever it is
   */
  static Answer redeem(
      Transaction tx, String token, Optional<Email> email, Optional<String> plan, String channel)
      throws SQLException {
    Optional<WaitEntry> found = entry(tx, token);
    if (found.isEmpty()) {
      return new Answer.Refused(Refusal.UNKNOWN_INVITE);
    }
    WaitEntry entry = found.get();
    Optional<Refusal> refusal = refusal(tx, entry, email, plan);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    Optional<SaleTerms> terms = tx.settings().plan(entry.plan());
    if (terms.isEmpty()) {
      return new Answer.Refused(Refusal.NOT_SOLD);
    }
    if (!terms.get().holds().containsKey(channel)) {
      return new Answer.Refused(Refusal.UNKNOWN_CHANNEL);
    }
    Endings.end(tx, entry, EntryStatus.CONVERTED);
    return new Answer.Held(
        HoldPlace.hold(
            tx, terms.get(), entry.email().orElseThrow(), channel, Optional.of(entry.id())));
  }

  /** The entry whose invite that is, used or not. */
  static Optional<WaitEntry> entry(Transaction tx, String token) throws SQLException {
    Optional<String> id = InviteTokens.entryId(token);
    return id.isEmpty()
        ? Optional.empty()
        : tx.entries().find(id.get()).filter(entry -> tx.tokens().fits(token, entry));
  }

  private static Optional<Refusal> refusal(
      Transaction tx, WaitEntry entry, Optional<Email> email, Optional<String> plan) {
    if (entry.status() == EntryStatus.CONVERTED) {
      return Optional.of(Refusal.INVITE_USED);
    }
    boolean over =
        entry.dueAtMillis().isEmpty() || entry.dueAtMillis().getAsLong() <= tx.nowMillis();
    if (entry.status() != EntryStatus.INVITED || over || entry.email().isEmpty()) {
      return Optional.of(Refusal.INVITE_EXPIRED);
    }
    String owner = entry.email().get().folded();
    boolean theirs = email.isEmpty() || email.get().folded().equals(owner);
    boolean thisPlan = plan.isEmpty() || plan.get().equals(entry.plan());
    return theirs && thisPlan ? Optional.empty() : Optional.of(Refusal.INVITE_OF_ANOTHER);
  }
}
