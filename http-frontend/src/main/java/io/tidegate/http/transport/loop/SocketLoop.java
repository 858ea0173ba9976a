package io.tidegate.http.transport.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, one selector and one queue of tasks. The thread is at the same time the executor of a
 * Pekko dispatcher, so that a stream and the sockets under it need no hand-over.
 *
 * <p>A turn: what is ready, then tasks, then one write for each socket that has something. Writes
 * of one turn go out together, and none waits for the next.
 *
 * <p>Threading: {@link #execute} and {@link #close} are for all, everything else is for the loop's
 * own thread. Nothing that runs here may block.
 */
public final class SocketLoop implements Executor, AutoCloseable {

  /** Who is told that a socket is ready. */
  public interface Handler {
    void ready(SelectionKey key) throws IOException;
  }

  /** Who has bytes to write when the turn ends. */
  public interface Writer {
    void flush();
  }

  private static final class LoopThread extends Thread {
    private final SocketLoop loop;

    LoopThread(SocketLoop loop, String name) {
      super(loop::run, name);
      this.loop = loop;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

  private static final int BUFFER_BYTES = 64 * 1024;

  /** After these, sockets are looked at again. */
  private static final int MAX_TASKS = 1_024;

  private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final Selector selector;
  private final LoopThread thread;
  private final Queue<Runnable> own = new ArrayDeque<>();
  private final Queue<Runnable> others = new ConcurrentLinkedQueue<>();

  /** Whether the thread may be in the selector, and has to be woken for a task. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private final List<Writer> writers = new ArrayList<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private volatile boolean closed;

  /** A loop whose thread runs from now on. */
  SocketLoop(String name) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new LoopThread(this, name);
    thread.start();
  }

  /** The loop whose thread asks; empty on any other thread. */
  public static Optional<SocketLoop> current() {
    return Thread.currentThread() instanceof LoopThread asking
        ? Optional.of(asking.loop)
        : Optional.empty();
  }

  /** The id of the dispatcher whose streams run here. */
  public String dispatcher() {
    return thread.getName();
  }

  /** Whether the loop's own thread asks. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Runs a task in this turn or the next. */
  @Override
  public void execute(Runnable task) {
    if (isCurrent()) {
      own.add(task);
      return;
    }
    if (closed) {
      throw new RejectedExecutionException("the loop has ended");
    }
    others.add(task);
    if (asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** Watches a channel, which must not block. */
  public SelectionKey register(SelectableChannel channel, int operations, Handler handler)
      throws IOException {
    return channel.register(selector, operations, handler);
  }

  /** Asks to be called once, when the turn ends. */
  public void flushLater(Writer writer) {
    writers.add(writer);
  }

  /** Cleared, for one read. */
  public ByteBuffer readBuffer() {
    return readBuffer.clear();
  }

  /** Cleared, for one write. */
  public ByteBuffer writeBuffer() {
    return writeBuffer.clear();
  }

  private void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("A socket loop has ended; its connections are lost", e);
    } finally {
      closed = true;
      closeAll();
    }
  }

  private void turn() throws IOException {
    asleep.set(true);
    if (own.isEmpty() && others.isEmpty() && !closed) {
      selector.select(SocketLoop::handle);
    } else {
      selector.selectNow(SocketLoop::handle);
    }
    asleep.set(false);
    runTasks();
    for (int i = 0; i < writers.size(); i++) {
      runSafely(writers.get(i)::flush);
    }
    writers.clear();
  }

  private static void handle(SelectionKey key) {
    try {
      if (key.isValid()) {
        ((Handler) key.attachment()).ready(key);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("A socket could not be served and is closed", e);
      closeQuietly(key.channel());
    }
  }

  private void runTasks() {
    for (int i = 0; i < MAX_TASKS; i++) {
      Runnable task = own.poll();
      if (task == null) {
        task = others.poll();
        if (task == null) {
          return;
        }
      }
      runSafely(task);
    }
  }

  /** Whatever goes wrong, the loop's other sockets are not to suffer. */
  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.error("A task of a socket loop failed", e);
    }
  }

  private void closeAll() {
    selector.keys().forEach(key -> closeQuietly(key.channel()));
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("A selector could not be closed", e);
    }
  }

  /** Closes a channel that nothing is expected of any more. */
  public static void closeQuietly(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      LOG.debug("A channel could not be closed", e);
    }
  }

  /** Ends the thread and closes every channel that is watched. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    if (isCurrent()) {
      return;
    }
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
