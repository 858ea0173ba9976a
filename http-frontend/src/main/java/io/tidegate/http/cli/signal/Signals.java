package io.tidegate.http.cli.signal;

import java.lang.reflect.Proxy;
import org.agrona.concurrent.ShutdownSignalBarrier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT, one after the other. A shutdown hook of the JVM would not do: it cannot see a
 * second signal.
 */
public final class Signals {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

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

  /** Does something at each SIGHUP, where the system has it. */
  public static void onHangup(Runnable action) {
    try {
      // By reflection, as Agrona does for SIGINT: javac warns of these types whatever one does.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object told =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), told);
    } catch (ReflectiveOperationException e) {
      LOG.info("no SIGHUP here: {}", e.toString());
    }
  }

  /** Waits for a signal. */
  public static void awaitOne() {
    new ShutdownSignalBarrier().await();
  }
}
