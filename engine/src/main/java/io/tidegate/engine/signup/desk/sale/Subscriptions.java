package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.SubscriptionStatus;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.EventBody;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.secret.Ids;
import io.tidegate.engine.signup.desk.upkeep.IssueKey;
import io.tidegate.engine.signup.desk.waiting.Endings;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Beginnings and changes of subscriptions: rows, books, keys and events together. */
final class Subscriptions {
  private Subscriptions() {}

  /** A place that was paid becomes a subscription; who had one goes on with it. */
  static Answer.Subscribed begin(Transaction tx, Place place) throws SQLException {
    Optional<Subscription> before = before(tx, place);
    Subscription subscription =
        new Subscription(
            before.map(Subscription::id).orElseGet(() -> Ids.next("sub", tx.nowMillis())),
            place.plan(),
            SubscriptionStatus.ACTIVE,
            place.email(),
            before.map(Subscription::subscribedAtMillis).orElse(tx.nowMillis()),
            tx.nowMillis(),
            OptionalLong.empty());
    boolean hasIt = before.filter(it -> it.active() && it.plan().equals(place.plan())).isPresent();
    save(tx, before, subscription);
    if (!hasIt) {
      tellCreated(tx, subscription, place);
    }
    return new Answer.Subscribed(subscription, IssueKey.first(tx, subscription.id()));
  }

  /** Writes what a subscriber has now. */
  static void save(Transaction tx, Optional<Subscription> before, Subscription now)
      throws SQLException {
    tx.subscribers().save(now);
    if (before.filter(Subscription::active).isPresent()) {
      tx.book(before.get().plan(), book -> book.subscribers(-1));
    }
    if (now.active()) {
      tx.book(now.plan(), book -> book.subscribers(1));
    }
    if (before.isPresent() && !before.get().plan().equals(now.plan()) && before.get().active()) {
      tx.subscribers().saveHad(now.id(), before.get().plan(), OptionalLong.of(tx.nowMillis()));
    }
    boolean ends = !now.active() && before.filter(it -> !it.active()).isEmpty();
    if (now.active() || ends) {
      OptionalLong until = now.active() ? OptionalLong.empty() : OptionalLong.of(tx.nowMillis());
      tx.subscribers().saveHad(now.id(), now.plan(), until);
    }
    if (now.active() && now.email().isPresent()) {
      Endings.served(tx, now.email().get(), now.plan());
    }
    tx.keyBook(keys -> keys.put(now));
  }

  static void tellCancelled(Transaction tx, Subscription subscription) throws SQLException {
    tell(
        tx,
        "subscription.cancelled",
        subscription,
        about(tx, "subscription.cancelled", subscription));
  }

  private static void tellCreated(Transaction tx, Subscription subscription, Place place)
      throws SQLException {
    EventBody body =
        about(tx, "subscription.created", subscription)
            .text("place", place.id())
            .text("channel", place.channel())
            .text("waitlist_entry", place.entryId());
    tell(tx, "subscription.created", subscription, body);
  }

  private static EventBody about(Transaction tx, String type, Subscription subscription) {
    return EventBody.of(type, tx.nowMillis())
        .text("subscriber", subscription.id())
        .text("plan", subscription.plan())
        .text("email", subscription.email().map(Email::address))
        .time("subscribed_at", subscription.subscribedAtMillis());
  }

  private static void tell(Transaction tx, String type, Subscription subscription, EventBody body)
      throws SQLException {
    String person =
        subscription.email().map(tx.fingerprints()::of).orElseGet(() -> person(tx, subscription));
    tx.tellPerson(type, Optional.of(person), body);
  }

  private static String person(Transaction tx, Subscription subscription) {
    return tx.fingerprints().ofSubscriber(subscription.id());
  }

  private static Optional<Subscription> before(Transaction tx, Place place) throws SQLException {
    return place.email().isEmpty()
        ? Optional.empty()
        : tx.subscribers().byEmail(place.email().get()).stream().findFirst();
  }
}
