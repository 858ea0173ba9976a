package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.secret.Ids;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Place and confirmation in one: for channels that are paid at once.
 *
 * @param paymentReference empty: one is made up
 */
public record Subscribe(
    Email email,
    String plan,
    Optional<String> channel,
    Optional<String> invite,
    Optional<String> paymentReference)
    implements Request<Answer> {

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Answer answer = new HoldPlace(email, plan, channel, invite).decide(tx);
    return answer instanceof Answer.Held held
        ? ConfirmPlace.confirm(
            tx, held.place(), paymentReference.orElseGet(() -> Ids.next("direct", tx.nowMillis())))
        : answer;
  }
}
