package io.tidegate.loadtest.backend.http.answer;

import io.netty.channel.EventLoop;
import io.tidegate.loadtest.backend.capacity.Batch;
import io.tidegate.loadtest.backend.capacity.CapacityModel;
import io.tidegate.loadtest.backend.capacity.Generation;
import io.tidegate.loadtest.backend.capacity.Plan;
import io.tidegate.loadtest.backend.capacity.TokenReader;
import io.tidegate.loadtest.backend.stats.BackendCounters;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Drives the batch from its event loop: one tick a millisecond for all streams while anything runs,
 * none while nothing does. The only place that reads the clock.
 *
 * <p>Thread-safety: {@link #setSeats} may be called by any thread, the rest by the event loop.
 */
public final class Pacer {

  private static final long TICK_MILLIS = 1;

  private final EventLoop loop;
  private final Batch batch;
  private boolean ticking;

  public Pacer(EventLoop loop, CapacityModel capacity, int maxWaiting, BackendCounters counters) {
    this.loop = loop;
    this.batch = new Batch(capacity, maxWaiting, counters, System.nanoTime());
  }

  /** Takes a request in; empty when too many wait already. */
  Optional<Generation> offer(Plan plan, TokenReader reader) {
    Optional<Generation> generation = batch.offer(plan, reader, nowNanos());
    keepTicking();
    return generation;
  }

  public void resume(Generation generation) {
    generation.resume(nowNanos());
  }

  public void leave(Generation generation) {
    generation.leave(nowNanos());
  }

  /** Changes the capacity, soon. */
  public void setSeats(int seats) {
    loop.execute(
        () -> {
          batch.setSeats(seats, nowNanos());
          keepTicking();
        });
  }

  private void keepTicking() {
    if (!ticking && !batch.isIdle()) {
      ticking = true;
      scheduleTick();
    }
  }

  private void tick() {
    batch.advance(nowNanos());
    ticking = !batch.isIdle();
    if (ticking) {
      scheduleTick();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The tick cannot fail, and ends with its loop.
  private void scheduleTick() {
    loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static long nowNanos() {
    return System.nanoTime();
  }
}
