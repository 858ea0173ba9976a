package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Somebody shows an invite: it becomes a place, in every state of the gate.
 *
 * @param channel empty: the plan's first one
 */
public record ClaimInvite(String token, Optional<String> channel) implements Request<Answer> {

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<WaitEntry> entry = Invites.entry(tx, token);
    if (entry.isEmpty()) {
      return new Answer.Refused(Refusal.UNKNOWN_INVITE);
    }
    Optional<SaleTerms> terms = tx.settings().plan(entry.get().plan());
    if (terms.isEmpty()) {
      return new Answer.Refused(Refusal.NOT_SOLD);
    }
    String by = channel.orElseGet(terms.get()::firstChannel);
    return Invites.redeem(tx, token, Optional.empty(), Optional.empty(), by);
  }
}
