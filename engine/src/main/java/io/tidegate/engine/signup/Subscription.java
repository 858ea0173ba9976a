package io.tidegate.engine.signup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the operator's billing says of one subscriber.
 *
 * @param id the subscriber's name in billing, or one that was made here; at most 128 characters
 * @param plan the plan now, or the last one
 * @param email empty if it is not known here, or forgotten
 * @param subscribedAtMillis when the person first subscribed; changes of plan and breaks keep it
 * @param dueAtMillis once cancelled, when the e-mail is to be forgotten
 */
public record Subscription(
    String id,
    String plan,
    SubscriptionStatus status,
    Optional<Email> email,
    long subscribedAtMillis,
    long changedAtMillis,
    OptionalLong dueAtMillis) {

  /** The longest name of a subscriber. */
  public static final int MAX_ID_LENGTH = 128;

  public Subscription {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(dueAtMillis, "dueAtMillis");
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "a subscriber's id has 1 to %d characters".formatted(MAX_ID_LENGTH));
    }
  }

  /** Whether it is served. */
  public boolean active() {
    return status == SubscriptionStatus.ACTIVE;
  }
}
