package io.tidegate.engine.telemetry.stream;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many streams wait for their first token, by when they were dispatched.
 *
 * <p>Time is cut into steps of 17 ms, and a ring has a number for each of the last 8192 steps. A
 * stream adds one to the step of its dispatch and takes it off there. One that waits longer than
 * the ring is long, 137 s, counts as one dispatched a ring later: by then it has long told what it
 * had to tell.
 *
 * <p><b>Threading:</b> any thread, for all methods.
 *
 * <p><b>Progress:</b> adding and taking off are wait-free where the processor adds atomically; the
 * reader looks at every step once.
 *
 * <p><b>Ordering:</b> a stream is added before it is taken off, so no step is ever below zero. The
 * reader looks at the steps one after the other, so what it finds may be off by the changes
 * meanwhile.
 *
 * <p><b>Source:</b> none.
 */
final class AwaitingStreams {
  private static final int STEPS = 8_192;
  private static final int STEP_BITS = 24; // 2^24 ns are 16.8 ms

  private final AtomicIntegerArray byStep = new AtomicIntegerArray(STEPS);
  private final long startNanos;

  AwaitingStreams(long nowNanos) {
    startNanos = nowNanos;
  }

  /** Adds a stream, and returns its place, by which it is taken off again. */
  int add(long nowNanos) {
    int place = placeOf(stepOf(nowNanos));
    byStep.getAndIncrement(place);
    return place;
  }

  void takeOff(int place) {
    byStep.getAndDecrement(place);
  }

  long count() {
    long count = 0;
    for (int place = 0; place < STEPS; place++) {
      count += byStep.get(place);
    }
    return count;
  }

  /** How long the oldest has been waiting at least; 0 if none waits. */
  long oldestNanos(long nowNanos) {
    long now = stepOf(nowNanos);
    for (long step = now - STEPS + 1; step < now; step++) {
      if (byStep.get(placeOf(step)) > 0) {
        long endOfStepNanos = (step + 1) << STEP_BITS;
        return nowNanos - startNanos - endOfStepNanos;
      }
    }
    return 0;
  }

  private long stepOf(long nowNanos) {
    return (nowNanos - startNanos) >> STEP_BITS;
  }

  private static int placeOf(long step) {
    return (int) (step & (STEPS - 1));
  }
}
