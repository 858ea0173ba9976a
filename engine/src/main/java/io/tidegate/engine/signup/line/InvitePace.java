package io.tidegate.engine.signup.line;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many people's turns have come in the last day, by the hour, and what that says about a wait.
 *
 * <p>Calls are counted, and a count of n is uncertain by about its root: the range of a wait comes
 * from n plus and minus twice that. A line that began to move less than a day ago is judged by the
 * hours since then.
 *
 * <p>Threading: immutable.
 */
public final class InvitePace {

  /** Nobody's turn has come. */
  public static final InvitePace NONE = new InvitePace(0, new int[0]);

  /** How far it looks back, in hours. */
  public static final int HOURS = 24;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  // Hours of the epoch: the last one counted, and the counts up to it, latest first.
  private final long lastHour;
  private final int[] counts;

  private InvitePace(long lastHour, int[] counts) {
    this.lastHour = lastHour;
    this.counts = counts;
  }

  /** The hour that a time is in. */
  public static long hourOf(long epochMillis) {
    return Math.floorDiv(epochMillis, HOUR_MILLIS);
  }

  /** One more turn has come. */
  public InvitePace with(long nowMillis) {
    return with(hourOf(nowMillis), 1);
  }

  /** So many more turns came in that hour; what is older than a day before the latest is let go. */
  public InvitePace with(long hour, int more) {
    if (counts.length == 0) {
      return new InvitePace(hour, new int[] {more});
    }
    if (hour > lastHour) {
      int[] shifted = new int[(int) Math.min(counts.length + (hour - lastHour), HOURS)];
      shifted[0] = more;
      for (int i = 0; i < counts.length && i + hour - lastHour < shifted.length; i++) {
        shifted[(int) (i + hour - lastHour)] = counts[i];
      }
      return new InvitePace(hour, shifted);
    }
    long back = lastHour - hour;
    if (back >= HOURS) {
      return this;
    }
    int[] changed = Arrays.copyOf(counts, Math.max(counts.length, (int) back + 1));
    changed[(int) back] += more;
    return new InvitePace(lastHour, changed);
  }

  /** Turns that came in the day before. */
  public long lastDay(long nowMillis) {
    long age = Math.max(hourOf(nowMillis) - lastHour, 0);
    long sum = 0;
    for (int i = 0; i + age < HOURS && i < counts.length; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** How long somebody waits with so many ahead; empty while the line has not moved for a day. */
  public Optional<WaitRange> estimate(long ahead, long nowMillis) {
    double turns = (double) lastDay(nowMillis);
    if (turns == 0) {
      return Optional.empty();
    }
    double seconds = spanHours(nowMillis) * 3600.0;
    double spread = 2 * Math.sqrt(turns);
    double fast = (turns + spread) / seconds;
    double slow = Math.max(turns - spread, turns / 4) / seconds;
    long position = ahead + 1;
    return Optional.of(
        new WaitRange((long) Math.floor(position / fast), (long) Math.ceil(position / slow)));
  }

  private long spanHours(long nowMillis) {
    long oldest = lastHour;
    long age = Math.max(hourOf(nowMillis) - lastHour, 0);
    for (int i = 0; i + age < HOURS && i < counts.length; i++) {
      if (counts[i] > 0) {
        oldest = lastHour - i;
      }
    }
    return Math.min(Math.max(hourOf(nowMillis) - oldest, 0) + 1, HOURS);
  }
}
