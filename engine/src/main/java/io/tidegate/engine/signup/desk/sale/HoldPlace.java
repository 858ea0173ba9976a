package io.tidegate.engine.signup.desk.sale;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.Place;
import io.tidegate.engine.signup.PlaceStatus;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.secret.Ids;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.gate.order.SignupState;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * A channel is about to charge somebody: holds a place for as long as the channel takes, or, if the
 * plan is not sold to them now, puts them on the wait-list.
 *
 * <p>Who comes back to a plan passes whatever the gate says, and so does who was invited. Whoever
 * has a place held, or waits already, gets that again.
 *
 * @param channel empty: the plan's first one
 * @param invite the token of an invite
 */
public record HoldPlace(Email email, String plan, Optional<String> channel, Optional<String> invite)
    implements Request<Answer> {

  public HoldPlace {
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(invite, "invite");
  }

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<SaleTerms> terms = tx.settings().plan(plan);
    if (terms.isEmpty()) {
      return new Answer.Refused(Refusal.NOT_SOLD);
    }
    String by = channel.orElseGet(terms.get()::firstChannel);
    if (!terms.get().holds().containsKey(by)) {
      return new Answer.Refused(Refusal.UNKNOWN_CHANNEL);
    }
    Buyer buyer = Buyer.of(tx, email, terms.get());
    if (buyer.has()) {
      return new Answer.Refused(Refusal.ALREADY_SUBSCRIBED);
    }
    if (invite.isPresent()) {
      return Invites.redeem(tx, invite.get(), Optional.of(email), Optional.of(plan), by);
    }
    Optional<Place> held = heldBefore(tx);
    if (held.isPresent()) {
      return new Answer.Held(held.get());
    }
    return !buyer.isNew() || sold(tx, terms.get())
        ? new Answer.Held(hold(tx, terms.get(), email, by, Optional.empty()))
        : wait(tx);
  }

  static Place hold(
      Transaction tx, SaleTerms terms, Email email, String channel, Optional<String> entryId)
      throws SQLException {
    Place place =
        Place.held(
            Ids.next("plc", tx.nowMillis()),
            terms.plan(),
            email,
            channel,
            entryId,
            tx.nowMillis(),
            tx.nowMillis() + terms.holds().get(channel).toMillis());
    tx.places().insert(place);
    tx.book(terms.plan(), book -> book.held(1));
    return place;
  }

  // The gate looks some times a minute; a cap is a cap also in between.
  private static boolean sold(Transaction tx, SaleTerms terms) {
    boolean room =
        terms.places().isEmpty() || tx.book(terms.plan()).taken() < terms.places().getAsLong();
    return room && tx.state(terms.plan()) == SignupState.OPEN;
  }

  private Optional<Place> heldBefore(Transaction tx) throws SQLException {
    return tx.places().byEmail(email).stream()
        .filter(place -> place.status() == PlaceStatus.HELD && place.plan().equals(plan))
        .findFirst();
  }

  private Answer wait(Transaction tx) throws SQLException {
    Optional<WaitEntry> waits =
        tx.entries().byEmail(email).stream()
            .filter(entry -> !entry.shadow() && entry.plan().equals(plan))
            .filter(
                entry ->
                    entry.status() == EntryStatus.WAITING || entry.status() == EntryStatus.INVITED)
            .findFirst();
    return waits.isPresent()
        ? new Answer.Waits(EntryView.of(waits.get(), tx.book(plan), tx.nowMillis()))
        : new Join(email, plan).decide(tx);
  }
}
