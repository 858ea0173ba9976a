package io.tidegate.loadtest.client;

/** The clock that requests are timed by. */
public final class Nanos {

  private Nanos() {}

  /** The monotonic clock, in nanoseconds. */
  public static long now() {
    return System.nanoTime();
  }
}
