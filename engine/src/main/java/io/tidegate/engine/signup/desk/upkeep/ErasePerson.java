package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.PlaceStatus;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.waiting.Endings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a person out of every table: subscription and keys, entries, places, events that were not
 * told yet, answers that would be given again, that they were refused. Answers how many rows of the
 * person were found.
 *
 * @param subscriberId who; empty: whoever has the e-mail
 * @param email who; empty: that of the subscriber
 */
public record ErasePerson(Optional<String> subscriberId, Optional<Email> email)
    implements Request<Integer> {

  public ErasePerson {
    if (subscriberId.isEmpty() && email.isEmpty()) {
      throw new IllegalArgumentException("a person is known by a subscriber's id or an e-mail");
    }
  }

  @Override
  public Integer decide(Transaction tx) throws SQLException {
    List<Subscription> subscriptions = new ArrayList<>();
    if (subscriberId.isPresent()) {
      tx.subscribers().find(subscriberId.get()).ifPresent(subscriptions::add);
    }
    Optional<Email> known =
        email.or(() -> subscriptions.stream().flatMap(it -> it.email().stream()).findFirst());
    int found = 0;
    if (known.isPresent()) {
      for (Subscription other : tx.subscribers().byEmail(known.get())) {
        if (subscriptions.stream().noneMatch(it -> it.id().equals(other.id()))) {
          subscriptions.add(other);
        }
      }
      found += eraseByEmail(tx, known.get());
    }
    for (Subscription subscription : subscriptions) {
      erase(tx, subscription);
      found += 1 + eraseById(tx, subscription.id());
    }
    // Of who is no subscriber of the store there may still be events.
    return subscriberId.isPresent() ? found + eraseById(tx, subscriberId.get()) : found;
  }

  private static int eraseByEmail(Transaction tx, Email email) throws SQLException {
    List<WaitEntry> entries = tx.entries().byEmail(email);
    for (WaitEntry entry : entries) {
      Endings.outOfTheBooks(tx, entry);
      tx.entries().delete(entry.id());
    }
    List<Place> places = tx.places().byEmail(email);
    for (Place place : places) {
      if (place.status() == PlaceStatus.HELD) {
        tx.book(place.plan(), book -> book.held(-1));
      }
      tx.places().delete(place.id());
    }
    String person = tx.fingerprints().of(email);
    return entries.size()
        + places.size()
        + tx.outbox().deleteOf(person)
        + tx.replays().deleteOf(person);
  }

  private static void erase(Transaction tx, Subscription subscription) throws SQLException {
    if (subscription.active()) {
      tx.book(subscription.plan(), book -> book.subscribers(-1));
    }
    tx.keys().deleteOfSubscriber(subscription.id());
    tx.subscribers().delete(subscription.id());
    tx.keyBook(keys -> keys.forget(subscription.id()));
  }

  private static int eraseById(Transaction tx, String id) throws SQLException {
    String person = tx.fingerprints().ofSubscriber(id);
    return tx.outbox().deleteOf(person) + tx.replays().deleteOf(person) + tx.sheds().delete(person);
  }
}
