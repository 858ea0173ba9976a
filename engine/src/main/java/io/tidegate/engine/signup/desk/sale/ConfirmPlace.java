package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.PlaceStatus;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * The channel has been paid: the place becomes a subscription.
 *
 * <p>Whoever paid is served, also after the hold has run out, or the place was given back, or a
 * pause has begun; what was not held any more is counted. Confirming again with the same payment
 * answers the same subscription.
 *
 * @param paymentReference the channel's word for the payment, 1 to 255 characters
 */
public record ConfirmPlace(String id, String paymentReference) implements Request<Answer> {

  /** The longest word for a payment. */
  public static final int MAX_REFERENCE_LENGTH = 255;

  public ConfirmPlace {
    Objects.requireNonNull(id, "id");
    if (paymentReference.isBlank() || paymentReference.length() > MAX_REFERENCE_LENGTH) {
      throw new IllegalArgumentException(
          "a payment reference has 1 to %d characters".formatted(MAX_REFERENCE_LENGTH));
    }
  }

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<Place> found = tx.places().find(id);
    if (found.isEmpty()) {
      return new Answer.Refused(Refusal.UNKNOWN_PLACE);
    }
    Place place = found.get();
    if (place.status() == PlaceStatus.CONFIRMED) {
      return again(tx, place);
    }
    return confirm(tx, place, paymentReference);
  }

  static Answer confirm(Transaction tx, Place place, String reference) throws SQLException {
    if (place.status() == PlaceStatus.HELD) {
      tx.book(place.plan(), book -> book.held(-1));
    } else {
      tx.book(place.plan(), book -> book.overcommittedOnce());
    }
    Answer.Subscribed subscribed = Subscriptions.begin(tx, place);
    tx.places()
        .update(place.confirmed(reference, subscribed.subscription().id(), tx.forgetAtMillis()));
    return subscribed;
  }

  private Answer again(Transaction tx, Place place) throws SQLException {
    if (!place.paymentReference().orElse("").equals(paymentReference)) {
      return new Answer.Refused(Refusal.ALREADY_CONFIRMED);
    }
    Optional<Subscription> subscription = tx.subscribers().find(place.subscriberId().orElseThrow());
    return subscription.isPresent()
        ? new Answer.Subscribed(subscription.get(), Optional.empty())
        : new Answer.Refused(Refusal.UNKNOWN_SUBSCRIBER);
  }
}
