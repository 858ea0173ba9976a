package io.tidegate.engine.limit.signs;

/**
 * How many first tokens come in a second, over the last minute, and whether that makes a small
 * upstream: one so small that a window's median moves by chance.
 */
public final class Pace {
  // Below this a median of a second's first tokens is off by more than the usual budget.
  private static final double SMALL_BELOW_PER_SECOND = 15;
  // Well above, so that a rate between the two does not change the rules to and fro.
  private static final double LARGE_ABOVE_PER_SECOND = 20;
  private static final double OVER_SECONDS = 60;

  private double firstTokens;
  private double seconds;
  private boolean small;

  /** Takes in a window. */
  public void note(long windowFirstTokens, double windowSeconds) {
    double kept = Math.exp(-windowSeconds / OVER_SECONDS);
    firstTokens = firstTokens * kept + windowFirstTokens;
    seconds = seconds * kept + windowSeconds;
    double perSecond = perSecond();
    small = perSecond < (small ? LARGE_ABOVE_PER_SECOND : SMALL_BELOW_PER_SECOND);
  }

  double perSecond() {
    return seconds == 0 ? 0 : firstTokens / seconds;
  }

  /** Whether first tokens come too seldom to judge by a few of them. */
  public boolean small() {
    return small;
  }
}
