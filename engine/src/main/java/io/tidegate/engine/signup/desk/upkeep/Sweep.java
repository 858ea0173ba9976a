package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.PlaceStatus;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.waiting.Expire;
import java.sql.SQLException;
import java.util.List;

/**
 * Does what time brings: invites and holds run out, e-mails and old answers are forgotten. Answers
 * how many rows it has dealt with; what is more than it may do at once, the next sweep does.
 */
public record Sweep() implements Request<Integer> {
  private static final int MOST = 200;

  @Override
  public Integer decide(Transaction tx) throws SQLException {
    List<WaitEntry> entries = tx.entries().due(tx.nowMillis(), MOST);
    for (WaitEntry entry : entries) {
      Expire.due(tx, entry);
    }
    List<Place> places = tx.places().due(tx.nowMillis(), MOST);
    for (Place place : places) {
      due(tx, place);
    }
    List<Subscription> subscribers = tx.subscribers().due(tx.nowMillis(), MOST);
    for (Subscription subscription : subscribers) {
      tx.subscribers().forget(subscription.id());
    }
    return entries.size()
        + places.size()
        + subscribers.size()
        + tx.replays().deleteOld(tx.nowMillis())
        + tx.sheds().deleteOld(tx.nowMillis() - TellShed.ONCE_IN.toMillis());
  }

  private static void due(Transaction tx, Place place) throws SQLException {
    if (place.status() != PlaceStatus.HELD) {
      tx.places().forget(place.id());
      return;
    }
    tx.places().update(place.ended(PlaceStatus.RUN_OUT, tx.forgetAtMillis()));
    tx.book(place.plan(), book -> book.held(-1));
  }
}
