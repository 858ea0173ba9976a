package io.tidegate.loadtest.run.pacing;

import io.tidegate.loadtest.client.Nanos;
import io.tidegate.loadtest.run.pacing.Schedule.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Fires what is due, on time: one thread that parks until shortly before the next moment and spins
 * over the rest, since parking alone wakes late. Moments that lie so close together that there is
 * no time to park between them are not spun for, or the pacer would take a processor for itself:
 * they are fired some 60 µs late, a few at once. It never waits for whoever it fires at; what they
 * cannot take in time shows as their lag.
 *
 * <p>Thread-safety: safe for any thread. Actions run on the executor, in order.
 */
public final class Pacer implements AutoCloseable {

  /** How late a parked thread usually wakes on Linux, whose timers have a slack of 50 µs. */
  private static final long SPIN_NANOS = 60_000;

  private static final long CLOSE_MILLIS = 1_000;

  private final Executor executor;
  private final Schedule schedule = new Schedule();
  private final Queue<Consumer<Schedule>> inbox = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private Pacer(Executor executor) {
    this.executor = executor;
    this.thread = new Thread(this::run, "pacer");
    thread.setDaemon(true);
  }

  /**
   * Starts the thread.
   *
   * @param executor where actions run; it must take them without waiting
   */
  public static Pacer start(Executor executor) {
    Pacer pacer = new Pacer(executor);
    pacer.thread.start();
    return pacer;
  }

  /** Does something at a moment; the action is given that moment. */
  public void at(long nanos, LongConsumer action) {
    put(schedule -> schedule.at(nanos, action));
  }

  /** Does something at each time of a sequence; the iterator belongs to the pacer from then on. */
  public void each(long baseNanos, PrimitiveIterator.OfLong times, LongConsumer action) {
    put(schedule -> schedule.each(baseNanos, times, action));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Consumer<Schedule> change) {
    inbox.add(change);
    LockSupport.unpark(thread);
  }

  private void run() {
    boolean rested = false;
    while (!closed) {
      for (Consumer<Schedule> change = inbox.poll(); change != null; change = inbox.poll()) {
        change.accept(schedule);
      }
      OptionalLong next = schedule.nextNanos();
      long leftNanos = next.isPresent() ? next.getAsLong() - Nanos.now() : Long.MAX_VALUE;
      if (leftNanos <= 0) {
        fire();
        rested = false;
      } else if (leftNanos <= SPIN_NANOS && rested) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, leftNanos > SPIN_NANOS ? leftNanos - SPIN_NANOS : leftNanos);
        rested = true;
      }
    }
  }

  private void fire() {
    List<Due> due = new ArrayList<>();
    schedule.takeDue(Nanos.now(), due);
    executor.execute(() -> due.forEach(one -> one.action().accept(one.nanos())));
  }
}
