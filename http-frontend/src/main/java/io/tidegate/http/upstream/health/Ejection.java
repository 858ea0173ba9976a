package io.tidegate.http.upstream.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Leaves an upstream out for a while that fails again and again, although it can be reached. Five
 * failures in a row do it, or one by an upstream that is on its way back. The first time lasts five
 * seconds, each further one twice as long, up to a minute, until it has served a request.
 *
 * <p>Threading: safe for all.
 *
 * <p>Source: outlier detection, as Envoy has it for consecutive errors.
 */
final class Ejection {

  static final int FAILURES_IN_A_ROW = 5;
  static final Duration FIRST = Duration.ofSeconds(5);
  static final Duration LONGEST = Duration.ofMinutes(1);

  private record State(int failures, int times, boolean out, long untilNanos, long total) {}

  private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0, false, 0, 0));

  /** A request has failed; true if that ejects the upstream. */
  boolean failed(boolean returning, long nowNanos) {
    State before = state.get();
    while (true) {
      State after = afterFailure(before, returning, nowNanos);
      if (state.compareAndSet(before, after)) {
        return after.total() > before.total();
      }
      before = state.get();
    }
  }

  /** A request has been answered to its end. */
  void served(long nowNanos) {
    State before = state.get();
    // What was begun before the ejection says nothing about now.
    while ((before.failures() > 0 || before.times() > 0) && !isOut(before, nowNanos)) {
      if (state.compareAndSet(before, new State(0, 0, false, 0, before.total()))) {
        return;
      }
      before = state.get();
    }
  }

  /** How long it still lasts; 0 if it does not. */
  long leftNanos(long nowNanos) {
    State now = state.get();
    return now.out() ? Math.max(0, now.untilNanos() - nowNanos) : 0;
  }

  /** How often the upstream has been ejected. */
  long count() {
    return state.get().total();
  }

  private static State afterFailure(State before, boolean returning, long nowNanos) {
    if (isOut(before, nowNanos)) {
      return before;
    }
    int failures = before.failures() + 1;
    if (failures < FAILURES_IN_A_ROW && !returning) {
      return new State(failures, before.times(), false, 0, before.total());
    }
    long nanos = FIRST.toNanos();
    for (int i = 0; i < before.times() && nanos < LONGEST.toNanos(); i++) {
      nanos *= 2;
    }
    nanos = Math.min(nanos, LONGEST.toNanos());
    return new State(0, before.times() + 1, true, nowNanos + nanos, before.total() + 1);
  }

  private static boolean isOut(State state, long nowNanos) {
    return state.out() && state.untilNanos() - nowNanos > 0;
  }
}
