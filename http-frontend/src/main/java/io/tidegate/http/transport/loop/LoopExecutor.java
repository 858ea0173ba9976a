package io.tidegate.http.transport.loop;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * Makes the one loop of one dispatcher, when Pekko asks for the dispatcher's executor. Named in the
 * dispatcher's configuration.
 */
public final class LoopExecutor extends ExecutorServiceConfigurator {

  public LoopExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return new Factory(id);
  }

  /** Pekko asks anew after each time in which the dispatcher had nothing to do. */
  private static final class Factory implements ExecutorServiceFactory {
    private final String id;
    private ExecutorService executor;

    Factory(String id) {
      this.id = id;
    }

    @Override
    public synchronized ExecutorService createExecutorService() {
      if (executor == null) {
        executor = new OfLoop(new SocketLoop(id));
      }
      return executor;
    }
  }

  /** Lives as long as its loop, which has sockets to serve when no stream runs on it. */
  private static final class OfLoop extends AbstractExecutorService {
    private final SocketLoop loop;

    OfLoop(SocketLoop loop) {
      this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }
  }
}
