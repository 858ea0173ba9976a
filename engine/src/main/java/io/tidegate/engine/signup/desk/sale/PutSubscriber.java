package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.SubscriptionStatus;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The billing system's word on a subscriber: renewed, changed plan or period, cancelled, came back,
 * or was there before this gate was. Never a sign-up: no gate is asked.
 *
 * @param plan a tier's name; empty: it stays, which a subscriber who is new here cannot
 * @param status empty: it stays, or active for one who is new here
 * @param email empty: it stays
 * @param subscribedAtMillis when the person first subscribed; it is only ever moved back, so that
 *     nobody who was established becomes new
 */
public record PutSubscriber(
    String id,
    Optional<String> plan,
    Optional<SubscriptionStatus> status,
    Optional<Email> email,
    OptionalLong subscribedAtMillis)
    implements Request<Answer> {

  public PutSubscriber {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(subscribedAtMillis, "subscribedAtMillis");
    if (id.isBlank() || id.length() > Subscription.MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "a subscriber's id has 1 to %d characters".formatted(Subscription.MAX_ID_LENGTH));
    }
  }

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<Subscription> before = tx.subscribers().find(id);
    Optional<String> nowPlan = plan.or(() -> before.map(Subscription::plan));
    if (nowPlan.isEmpty()) {
      return new Answer.Refused(Refusal.UNKNOWN_SUBSCRIBER);
    }
    if (email.isPresent() && takenByAnother(tx, email.get())) {
      return new Answer.Refused(Refusal.EMAIL_TAKEN);
    }
    SubscriptionStatus nowStatus =
        status.or(() -> before.map(Subscription::status)).orElse(SubscriptionStatus.ACTIVE);
    Subscription now =
        new Subscription(
            id,
            nowPlan.get(),
            nowStatus,
            email.or(() -> before.flatMap(Subscription::email)),
            since(tx, before),
            tx.nowMillis(),
            nowStatus == SubscriptionStatus.ACTIVE
                ? OptionalLong.empty()
                : OptionalLong.of(tx.forgetAtMillis()));
    Subscriptions.save(tx, before, now);
    if (before.filter(Subscription::active).isPresent() && !now.active()) {
      Subscriptions.tellCancelled(tx, now);
    }
    return new Answer.Subscribed(now, Optional.empty());
  }

  private long since(Transaction tx, Optional<Subscription> before) {
    long said = subscribedAtMillis.orElse(tx.nowMillis());
    return before.map(it -> Math.min(it.subscribedAtMillis(), said)).orElse(said);
  }

  private boolean takenByAnother(Transaction tx, Email wanted) throws SQLException {
    return tx.subscribers().byEmail(wanted).stream().anyMatch(it -> !it.id().equals(id));
  }
}
