package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of one attempt to tell a listener of an event.
 *
 * @param error empty: it has it
 * @param againAtMillis when to try again; empty, with an error: never
 */
public record Delivered(
    String id, String target, Optional<String> error, OptionalLong againAtMillis)
    implements Request<Boolean> {

  public Delivered {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(target, "target");
  }

  @Override
  public Boolean decide(Transaction tx) throws SQLException {
    if (error.isEmpty()) {
      tx.outbox().delivered(id, target);
    } else {
      tx.outbox().failed(id, target, error.get(), tx.nowMillis(), againAtMillis);
    }
    return error.isEmpty();
  }
}
