package io.tidegate.http.cli.demo;

import io.tidegate.loadtest.run.Run;
import io.tidegate.loadtest.run.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a story again and again, until it is closed.
 *
 * <p>Threading: a thread of its own tells, another does what is done on the stage; {@link #close}
 * is for any thread.
 */
final class Storyteller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Storyteller.class);

  private final Story story;
  private final Stage stage;
  private final String url;
  private final Path files;
  private final ExecutorService deeds = Executors.newSingleThreadExecutor(Storyteller::daemon);
  private final Thread telling = daemon(this::tellAgainAndAgain);
  private volatile boolean closed;
  private volatile Run run;

  private Storyteller(Story story, Stage stage, String url, Path files) {
    this.story = story;
    this.stage = stage;
    this.url = url;
    this.files = files;
  }

  /**
   * Begins.
   *
   * @param url of the data port that the visitors come to
   * @param files a directory for what the load generator writes
   */
  static Storyteller start(Story story, Stage stage, String url, Path files) {
    Storyteller teller = new Storyteller(story, stage, url, files);
    teller.telling.start();
    return teller;
  }

  private void tellAgainAndAgain() {
    try {
      for (long seed = 1; !closed; seed++) {
        Chapters chapters = new Chapters(story, this::begin);
        Run next =
            new Run(
                Visitors.plan(story, url),
                RunOptions.into(files, seed)
                    .withProgress(progress -> chapters.elapsed(progress.elapsedNanos())));
        run = next;
        chapters.elapsed(0);
        if (!closed) {
          next.execute();
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the story is over: {}", e.getMessage());
    }
  }

  private void begin(int chapter) {
    deeds.execute(
        () -> {
          try {
            stage.begin(story, chapter);
          } catch (RuntimeException e) {
            LOG.warn("a deed of the story failed: {}", e.getMessage());
          }
        });
  }

  /** Sends the visitors home and tells no more. */
  @Override
  public void close() {
    closed = true;
    Run last = run;
    if (last != null) {
      last.stop();
    }
    try {
      telling.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deeds.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "story");
    thread.setDaemon(true);
    return thread;
  }
}
