package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Request;
import io.tidegate.engine.signup.desk.SaleTerms;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Calls the next of a plan's wait-list: at most so many, fewer if fewer wait. Answers how many were
 * invited. Shadows on the way have their turn too, and get nothing.
 *
 * @param most people, from 1 to {@link #MOST}
 */
public record InviteNext(String plan, int most) implements Request<Integer> {

  /** So many at once, lest others wait long for their own commit. */
  public static final int MOST = 100;

  // A line full of shadows is gone through bit by bit.
  private static final int MOST_LOOKS = 4 * MOST;

  public InviteNext {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("from 1 to %d at once, not %d".formatted(MOST, most));
    }
  }

  @Override
  public Integer decide(Transaction tx) throws SQLException {
    Optional<SaleTerms> terms = tx.settings().plan(plan);
    if (terms.isEmpty()) {
      return 0;
    }
    int invited = 0;
    for (long ticket : tx.book(plan).line().first(MOST_LOOKS)) {
      if (invited == most) {
        break;
      }
      WaitEntry entry =
          tx.entries()
              .byTicket(plan, ticket)
              .orElseThrow(() -> new IllegalStateException("no entry has ticket " + ticket));
      call(tx, entry, terms.get());
      invited += entry.shadow() ? 0 : 1;
    }
    return invited;
  }

  static WaitEntry call(Transaction tx, WaitEntry entry, SaleTerms terms) throws SQLException {
    WaitEntry called = entry.invited(tx.nowMillis(), tx.nowMillis() + terms.claim().toMillis());
    tx.entries().update(called);
    tx.book(entry.plan(), book -> book.called(entry.ticket(), entry.shadow(), tx.nowMillis()));
    if (!entry.shadow()) {
      WaitingEvents.invited(tx, called);
    }
    return called;
  }
}
