package io.tidegate.engine.signup;

import io.tidegate.engine.signup.line.WaitRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry as whoever has it sees it.
 *
 * @param ahead how many are called before it; empty once it does not wait
 * @param estimate how long that may take; empty: it cannot be said
 */
public record EntryView(WaitEntry entry, OptionalLong ahead, Optional<WaitRange> estimate) {

  /** The entry in that line. */
  public static EntryView of(WaitEntry entry, PlanBook book, long nowMillis) {
    if (entry.status() != EntryStatus.WAITING) {
      return new EntryView(entry, OptionalLong.empty(), Optional.empty());
    }
    long ahead = book.line().ahead(entry.ticket());
    return new EntryView(entry, OptionalLong.of(ahead), book.pace().estimate(ahead, nowMillis));
  }
}
