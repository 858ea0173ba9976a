package io.tidegate.engine.limit.signs;

import java.util.concurrent.TimeUnit;

/**
 * When a window holds enough to be judged by: it has seen five first tokens, or it is five seconds
 * old.
 *
 * <p>Asked once a second, it makes windows of a second on a busy service, and longer ones on a
 * quiet one. Not safe for use by several threads.
 */
public final class SampleWindow {
  // A median of fewer is mostly chance.
  private static final long ENOUGH_FIRST_TOKENS = 5;
  // First tokens that stay away so long are a sign that is not to wait for more of them.
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(1);
  // Longer, and the limit would be blind for longer than clients wait.
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private long startNanos;

  /** A window that begins now. */
  public SampleWindow(long nowNanos) {
    startNanos = nowNanos;
  }

  /**
   * Whether the window is complete. If it is, the next one begins now.
   *
   * @param firstTokens those that the window has seen so far
   * @param oldestAwaitingNanos for how long the oldest stream without a token has waited for it
   */
  public boolean closes(long firstTokens, long oldestAwaitingNanos, long nowNanos) {
    if (firstTokens < ENOUGH_FIRST_TOKENS
        && oldestAwaitingNanos < STALLED_NANOS
        && nowNanos - startNanos < LONGEST_NANOS) {
      return false;
    }
    startNanos = nowNanos;
    return true;
  }
}
