package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.EntryView;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Answer;
import io.tidegate.engine.signup.desk.Refusal;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/** The operator invites one entry out of its turn. */
public record InviteOne(String id) implements Request<Answer> {

  @Override
  public Answer decide(Transaction tx) throws SQLException {
    Optional<WaitEntry> found = tx.entries().find(id);
    if (found.isEmpty()) {
      return Answer.refused(Refusal.UNKNOWN_ENTRY);
    }
    WaitEntry entry = found.get();
    Optional<SaleTerms> terms = tx.settings().plan(entry.plan());
    if (terms.isEmpty()) {
      return Answer.refused(Refusal.NOT_SOLD);
    }
    if (entry.status() != EntryStatus.WAITING || entry.shadow()) {
      return Answer.refused(Refusal.NOT_WAITING);
    }
    WaitEntry called = InviteNext.call(tx, entry, terms.get());
    return new Answer.Waits(EntryView.of(called, tx.book(entry.plan()), tx.nowMillis()));
  }
}
