package io.tidegate.http.cli.demo;

import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import io.tidegate.loadtest.run.RunPlan;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visitors beside those of the story, for a while, each time somebody wishes so.
 *
 * <p>Threading: safe for all; the visitors come on a thread of their own.
 */
final class Surge implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Surge.class);

  private final RunPlan visitors;
  private final Path files;
  private long seed;
  private Run run;
  private boolean closed;

  /**
   * None yet.
   *
   * @param files a directory for what the load generator writes
   */
  Surge(RunPlan visitors, Path files) {
    this.visitors = visitors;
    this.files = files;
  }

  /** Lets them come. Says whether they begin; they do not while some are there. */
  synchronized boolean begin() {
    if (run != null || closed) {
      return false;
    }
    run = new Run(visitors, RunOptions.into(files, ++seed));
    Run next = run;
    Thread thread = new Thread(() -> execute(next), "surge");
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  /** Whether they are there. */
  synchronized boolean isOn() {
    return run != null;
  }

  private void execute(Run next) {
    try {
      next.execute();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the surge came to nothing: {}", e.getMessage());
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    run = null;
    notifyAll();
  }

  /** Sends them home, and lets none come again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (run != null) {
      run.stop();
    }
    try {
      while (run != null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
