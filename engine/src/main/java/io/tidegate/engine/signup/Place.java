package io.tidegate.engine.signup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Room for one subscription, kept for somebody before a channel charges.
 *
 * @param email for whom; empty once it has been forgotten
 * @param channel where it is sold
 * @param entryId the invite of which entry of the wait-list brought it
 * @param heldUntilMillis when the hold runs out
 * @param paymentReference the channel's own word for the payment
 * @param subscriberId whose subscription it became
 * @param dueAtMillis while held, the end of the hold; later, when its e-mail is to be forgotten
 */
public record Place(
    String id,
    String plan,
    Optional<Email> email,
    String channel,
    Optional<String> entryId,
    PlaceStatus status,
    long heldAtMillis,
    long heldUntilMillis,
    Optional<String> paymentReference,
    Optional<String> subscriberId,
    OptionalLong dueAtMillis) {

  public Place {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(entryId, "entryId");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(paymentReference, "paymentReference");
    Objects.requireNonNull(subscriberId, "subscriberId");
    Objects.requireNonNull(dueAtMillis, "dueAtMillis");
  }

  /** A place that is held from now on. */
  public static Place held(
      String id,
      String plan,
      Email email,
      String channel,
      Optional<String> entryId,
      long nowMillis,
      long heldUntilMillis) {
    return new Place(
        id,
        plan,
        Optional.of(email),
        channel,
        entryId,
        PlaceStatus.HELD,
        nowMillis,
        heldUntilMillis,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(heldUntilMillis));
  }

  /** The same place, paid. */
  public Place confirmed(String reference, String subscriber, long forgetAtMillis) {
    return new Place(
        id,
        plan,
        email,
        channel,
        entryId,
        PlaceStatus.CONFIRMED,
        heldAtMillis,
        heldUntilMillis,
        Optional.of(reference),
        Optional.of(subscriber),
        OptionalLong.of(forgetAtMillis));
  }

  /** The same place, not paid. */
  public Place ended(PlaceStatus how, long forgetAtMillis) {
    return new Place(
        id,
        plan,
        email,
        channel,
        entryId,
        how,
        heldAtMillis,
        heldUntilMillis,
        paymentReference,
        subscriberId,
        OptionalLong.of(forgetAtMillis));
  }
}
