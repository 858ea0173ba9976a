package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;

/** The ends of entries: row and books together. */
public final class Endings {
  private Endings() {}

  /** Ends an entry that waits or is invited. */
  public static WaitEntry end(Transaction tx, WaitEntry entry, EntryStatus how)
      throws SQLException {
    WaitEntry ended = entry.ended(how, tx.nowMillis(), tx.forgetAtMillis());
    tx.entries().update(ended);
    outOfTheBooks(tx, entry);
    return ended;
  }

  /** Takes an entry that waits or is invited out of the books; others are not in them. */
  public static void outOfTheBooks(Transaction tx, WaitEntry entry) {
    if (entry.status() == EntryStatus.WAITING) {
      tx.book(entry.plan(), book -> book.left(entry.ticket()));
    } else if (entry.status() == EntryStatus.INVITED && !entry.shadow()) {
      tx.book(entry.plan(), book -> book.invited(-1));
    }
  }

  /** Whoever has got a plan waits for it no more. */
  public static void served(Transaction tx, Email email, String plan) throws SQLException {
    for (WaitEntry entry : tx.entries().byEmail(email)) {
      boolean open = entry.status() == EntryStatus.WAITING || entry.status() == EntryStatus.INVITED;
      // A shadow goes on through the line, or it would tell that somebody was served.
      if (open && !entry.shadow() && entry.plan().equals(plan)) {
        end(tx, entry, EntryStatus.CONVERTED);
      }
    }
  }
}
