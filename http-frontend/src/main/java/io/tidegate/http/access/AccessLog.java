package io.tidegate.http.access;

import io.tidegate.http.config.access.AccessLogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Writes a line for each request, on a thread of its own. Nobody waits for it: lines that come
 * faster than the disk takes them are dropped and counted.
 *
 * <p>Thread-safety: safe for all.
 */
public final class AccessLog implements AutoCloseable {

  private static final int MOST_WAITING = 16_384;
  private static final int AT_ONCE = 512;
  private static final long LOOK_MILLIS = 200;
  private static final long CLOSE_MILLIS = 5_000;

  private final BlockingQueue<AccessLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final AccessLogFiles files;
  private final Thread writer = new Thread(this::writeAll, "access-log");
  private volatile boolean closed;

  private AccessLog(AccessLogFiles files) {
    this.files = files;
  }

  /** The log that is configured; empty: none is. */
  public static Optional<AccessLog> start(AccessLogConfig config) {
    return config
        .file()
        .map(file -> start(new AccessLogFiles(file, config.maxFileBytes(), config.keptFiles())));
  }

  private static AccessLog start(AccessLogFiles files) {
    AccessLog log = new AccessLog(files);
    log.writer.setDaemon(true);
    log.writer.start();
    return log;
  }

  /** A request has come. */
  public Visit begin(HttpRequest request, String requestId, Optional<String> subscriber) {
    return new WrittenVisit(
        this::offer, requestId, subscriber, retries(request), System.nanoTime());
  }

  /** As OpenAI's own clients tell it. */
  private static OptionalLong retries(HttpRequest request) {
    String told = request.getHeader("x-stainless-retry-count").map(HttpHeader::value).orElse("");
    return told.matches("[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(told))
        : OptionalLong.empty();
  }

  /** Lines that were not written. */
  public long lost() {
    return lost.get();
  }

  private void offer(AccessLine line) {
    if (!waiting.offer(line)) {
      lost.incrementAndGet();
    }
  }

  private void writeAll() {
    List<AccessLine> lines = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        AccessLine first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          lines.add(first);
          waiting.drainTo(lines, AT_ONCE);
          lost.addAndGet(files.append(lines));
          lines.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what waits, as far as the disk takes it soon. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
