package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/** Ends a key. What was begun with it goes on. */
public record RevokeKey(String id) implements Request<Answer> {

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<ApiKey> key = tx.keys().find(id);
    if (key.isEmpty() || !tx.keys().revoke(id, tx.nowMillis())) {
      return new Answer.Refused(Refusal.UNKNOWN_KEY);
    }
    tx.keyBook(keys -> keys.remove(key.get().hash()));
    return new Answer.Done();
  }
}
