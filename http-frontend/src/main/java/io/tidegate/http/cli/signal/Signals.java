package io.tidegate.http.cli.signal;

import org.agrona.concurrent.ShutdownSignalBarrier;

/**
 * SIGTERM and SIGINT, one after the other. A shutdown hook of the JVM would not do: it cannot see a
 * second signal.
 */
public final class Signals {

  private Signals() {}

  /** Does something at the first signal and something else at the second. */
  public static void onFirstAndSecond(Runnable first, Runnable second) {
    ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
    Thread waiting =
        new Thread(
            () -> {
              barrier.await();
              ShutdownSignalBarrier again = new ShutdownSignalBarrier();
              first.run();
              again.await();
              second.run();
            },
            "signals");
    waiting.setDaemon(true);
    waiting.start();
  }

  /** Waits for a signal. */
  public static void awaitOne() {
    new ShutdownSignalBarrier().await();
  }
}
