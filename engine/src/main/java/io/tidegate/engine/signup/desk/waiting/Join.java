package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.Subscription;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import io.tidegate.engine.signup.desk.secret.Ids;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody joins the wait-list of a plan.
 *
 * <p>An e-mail that waits or subscribes already gets a shadow: an entry with a ticket of its own,
 * which moves through the line like any other and is never invited. What is read, written and
 * answered is the same, so that nobody can ask whether an e-mail is known.
 */
public record Join(Email email, String plan) implements Request<Answer> {

  public Join {
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(plan, "plan");
  }

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    if (tx.settings().plan(plan).isEmpty()) {
      return Answer.refused(Refusal.NOT_SOLD);
    }
    return new Answer.Waits(join(tx));
  }

  private EntryView join(Transaction tx) throws SQLException {
    Optional<String> known = known(tx);
    WaitEntry entry =
        WaitEntry.joining(
            Ids.next("wle", tx.nowMillis()),
            plan,
            tx.book(plan).nextTicket(),
            email,
            known.isPresent(),
            tx.nowMillis());
    tx.entries().insert(entry);
    tx.book(plan, book -> book.joined());
    WaitingEvents.joined(tx, entry, known);
    return EntryView.of(entry, tx.book(plan), tx.nowMillis());
  }

  // Both are asked for in any case, and neither by reading more the more there is, so that all
  // cases take the same time.
  private Optional<String> known(Transaction tx) throws SQLException {
    boolean waits = tx.entries().open(email, plan).isPresent();
    boolean subscribes =
        tx.subscribers().byEmail(email).stream()
            .filter(Subscription::active)
            .anyMatch(subscription -> subscription.plan().equals(plan));
    if (subscribes) {
      return Optional.of("subscribed");
    }
    return waits ? Optional.of("waiting") : Optional.empty();
  }
}
