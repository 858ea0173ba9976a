package io.tidegate.engine.signup.ledger;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an operator has said of a plan that is sold.
 *
 * @param plan its name, which is a tier's
 * @param capacitySeats seats meant for its subscribers, a figure that changes over days, above 0;
 *     empty: load never pauses its sale
 * @param perSubscriberSeats what one subscriber is reckoned with, in seats, above 0; empty: learned
 * @param places the most subscriptions, 0 or more; empty: no cap
 */
public record PlanTerms(
    String plan,
    OptionalDouble capacitySeats,
    OptionalDouble perSubscriberSeats,
    OptionalLong places) {

  public PlanTerms {
    Objects.requireNonNull(plan, "plan");
    requirePositive("capacitySeats", capacitySeats);
    requirePositive("perSubscriberSeats", perSubscriberSeats);
    if (places.isPresent() && places.getAsLong() < 0) {
      throw new IllegalArgumentException("places: " + places.getAsLong() + " is below 0");
    }
  }

  /** A plan without a cap that load never pauses. */
  public static PlanTerms of(String plan) {
    return new PlanTerms(
        plan, OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.empty());
  }

  /** The same with seats meant for its subscribers. */
  public PlanTerms withCapacity(double seats) {
    return new PlanTerms(plan, OptionalDouble.of(seats), perSubscriberSeats, places);
  }

  /** The same with a figure for one subscriber, which is then not learned. */
  public PlanTerms withPerSubscriber(double seats) {
    return new PlanTerms(plan, capacitySeats, OptionalDouble.of(seats), places);
  }

  /** The same with a cap on subscriptions. */
  public PlanTerms withPlaces(long most) {
    return new PlanTerms(plan, capacitySeats, perSubscriberSeats, OptionalLong.of(most));
  }

  private static void requirePositive(String name, OptionalDouble value) {
    if (value.isPresent()
        && !(value.getAsDouble() > 0 && value.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": " + value.getAsDouble() + " is not above 0");
    }
  }
}
