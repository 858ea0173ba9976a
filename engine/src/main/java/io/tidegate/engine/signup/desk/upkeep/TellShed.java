package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.desk.EventBody;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells the listeners which subscribers were refused to protect the service, of each at most once
 * an hour. Answers of how many it told.
 */
public record TellShed(List<Shed> sheds) implements Request<Integer> {

  /** How long nothing more is told of somebody. */
  public static final Duration ONCE_IN = Duration.ofHours(1);

  /**
   * A subscriber was refused.
   *
   * @param subscriber who
   * @param tier in which
   */
  public record Shed(String subscriber, String tier, RefusalReason reason, long atEpochMillis) {
    public Shed {
      Objects.requireNonNull(subscriber, "subscriber");
      Objects.requireNonNull(tier, "tier");
      Objects.requireNonNull(reason, "reason");
    }
  }

  private static final String TYPE = "subscription.shed";

  public TellShed {
    sheds = List.copyOf(sheds);
  }

  @Override
  public Integer decide(Transaction tx) throws SQLException {
    int told = 0;
    for (Shed shed : sheds) {
      String person = tx.fingerprints().ofSubscriber(shed.subscriber());
      if (tx.sheds().tellsNow(person, tx.nowMillis(), tx.nowMillis() - ONCE_IN.toMillis())) {
        tell(tx, shed, person);
        told++;
      }
    }
    return told;
  }

  // Whoever is in the store is erased by e-mail too, so the event goes by that.
  private static void tell(Transaction tx, Shed shed, String person) throws SQLException {
    Optional<Email> email = tx.subscribers().find(shed.subscriber()).flatMap(Subscription::email);
    EventBody body =
        EventBody.of(TYPE, tx.nowMillis())
            .text("subscriber", shed.subscriber())
            .text("plan", shed.tier())
            .text("email", email.map(Email::address))
            .text("reason", shed.reason().label())
            .time("refused_at", shed.atEpochMillis());
    tx.tellPerson(TYPE, Optional.of(email.map(tx.fingerprints()::of).orElse(person)), body);
  }
}
