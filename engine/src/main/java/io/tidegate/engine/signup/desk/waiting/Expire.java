package io.tidegate.engine.signup.desk.waiting;

import io.tidegate.engine.signup.EntryStatus;
import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.desk.Transaction;
import java.sql.SQLException;

/** What is due about an entry: an invite runs out, or an e-mail is forgotten. */
public final class Expire {
  private Expire() {}

  /** Does what is due about it. The place of an invite that ran out is free for the next. */
  public static void due(Transaction tx, WaitEntry entry) throws SQLException {
    if (entry.status() != EntryStatus.INVITED) {
      tx.entries().forget(entry.id());
      return;
    }
    WaitEntry expired = Endings.end(tx, entry, EntryStatus.EXPIRED);
    if (!entry.shadow()) {
      WaitingEvents.expired(tx, expired);
    }
  }
}
