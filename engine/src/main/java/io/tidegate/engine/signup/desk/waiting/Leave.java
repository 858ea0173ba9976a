package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whoever has an entry gives it up, waiting or invited. Doing so again changes nothing.
 *
 * <p>If the same e-mail joined more than once, the next of its entries takes over: what a stranger
 * entered and takes back must not cost its owner the place.
 */
public record Leave(String id) implements Request<Answer> {

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<WaitEntry> found = tx.entries().find(id);
    if (found.isEmpty()) {
      return Answer.refused(Refusal.UNKNOWN_ENTRY);
    }
    WaitEntry entry = found.get();
    if (entry.status() != EntryStatus.WAITING && entry.status() != EntryStatus.INVITED) {
      return new Answer.Waits(EntryView.of(entry, tx.book(entry.plan()), tx.nowMillis()));
    }
    WaitEntry left = Endings.end(tx, entry, EntryStatus.LEFT);
    promoteNext(tx, left);
    return new Answer.Waits(EntryView.of(left, tx.book(entry.plan()), tx.nowMillis()));
  }

  // Where a shadow leaves, or nobody is next, something is written as it was: the same work, so
  // that the time it takes does not tell the one from the other.
  private static void promoteNext(Transaction tx, WaitEntry left) throws SQLException {
    if (left.email().isPresent()) {
      WaitEntry next = tx.entries().waitingShadow(left.email().get(), left.plan()).orElse(left);
      tx.entries().update(left.shadow() || next.equals(left) ? next : next.promoted());
    }
  }
}
