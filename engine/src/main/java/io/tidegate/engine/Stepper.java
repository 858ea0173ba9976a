package io.tidegate.engine;

import io.tidegate.engine.queue.RequestQueue;
import io.tidegate.engine.queue.Wake;
import io.tidegate.engine.session.Sessions;
import java.util.concurrent.TimeUnit;

/**
 * Does by hand, on one thread, what the actors do: for an engine in virtual time. It is never late,
 * so the queue is served at the moment a seat comes free.
 */
final class Stepper {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LOOKS = 1_000;

  private final Parts parts;
  private final RequestQueue queue;
  private final Wake wake;
  private final Sessions sessions;
  private long nextTickNanos;
  private long nextExpiryNanos;

  Stepper(Parts parts) {
    this.parts = parts;
    this.queue = parts.queue();
    this.wake = parts.wake();
    this.sessions = parts.sessions();
    this.nextTickNanos = parts.clock().nanoTime();
    this.nextExpiryNanos = nextTickNanos;
  }

  void step() {
    long nowNanos = parts.clock().nanoTime();
    parts.control().tick(nowNanos, parts.epochClock().time());
    while (wake.answered()) {
      queue.drain(nowNanos);
    }
    if (nowNanos - nextTickNanos >= 0) {
      nextTickNanos = nowNanos + TICK_NANOS;
      queue.tick(nowNanos);
    }
    if (nowNanos - nextExpiryNanos >= 0) {
      nextExpiryNanos = nowNanos + EXPIRY_NANOS;
      for (int shard = 0; shard < sessions.shards(); shard++) {
        while (sessions.step(shard, LOOKS, nowNanos)) {
          // more is due
        }
      }
    }
  }
}
