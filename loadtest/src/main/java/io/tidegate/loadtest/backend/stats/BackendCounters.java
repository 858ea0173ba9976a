package io.tidegate.loadtest.backend.stats;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The backend's running counts.
 *
 * <p>Thread-safety: written by the event loop alone, so that a plain read and an ordered write make
 * an increment; read by any thread.
 */
public final class BackendCounters {

  private final AtomicLong running = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong aborted = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong maxRunning = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();

  public void request() {
    add(requests, 1);
  }

  public void token() {
    add(tokens, 1);
  }

  public void completed() {
    add(completed, 1);
  }

  public void aborted() {
    add(aborted, 1);
  }

  public void connectionOpened() {
    add(connections, 1);
  }

  public void connectionClosed() {
    add(connections, -1);
  }

  /** How many run and how many wait, now. */
  public void occupancy(int nowRunning, int nowWaiting) {
    running.setRelease(nowRunning);
    waiting.setRelease(nowWaiting);
    maxRunning.setRelease(Math.max(maxRunning.getPlain(), nowRunning));
  }

  public BackendStats snapshot() {
    return new BackendStats(
        running.get(),
        waiting.get(),
        completed.get(),
        aborted.get(),
        tokens.get(),
        connections.get(),
        maxRunning.get(),
        requests.get());
  }

  private static void add(AtomicLong counter, long amount) {
    counter.setRelease(counter.getPlain() + amount);
  }
}
