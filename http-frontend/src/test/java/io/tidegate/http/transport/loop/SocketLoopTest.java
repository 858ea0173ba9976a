package io.tidegate.http.transport.loop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop runs what it is given, in order, on one thread, and takes everything with it. */
class SocketLoopTest {

  private final SocketLoop loop = new SocketLoop("test-loop");

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void runsTasksOfManyThreadsAndWakesForEach() throws Exception {
    int threads = 4;
    int each = 20_000;
    CountDownLatch left = new CountDownLatch(threads * each);
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int task = 0; task < each; task++) {
                  loop.execute(left::countDown);
                }
              })
          .start();
    }
    assertThat(left.await(30, SECONDS)).isTrue();
  }

  @Test
  void knowsItsOwnThread() {
    assertThat(SocketLoop.current()).isEmpty();
    assertThat(loop.isCurrent()).isFalse();
    assertThat(onLoop(() -> SocketLoop.current().orElseThrow() == loop && loop.isCurrent()))
        .isTrue();
  }

  @Test
  void goesOnAfterATaskThatFails() {
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThat(onLoop(() -> true)).isTrue();
  }

  @Test
  void letsWritersWriteOnceWhenTheTurnEndsAfterItsTasks() {
    List<String> seen = new ArrayList<>();
    CompletableFuture<List<String>> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          loop.flushLater(
              () -> {
                seen.add("write");
                loop.execute(() -> done.complete(List.copyOf(seen)));
              });
          loop.execute(() -> seen.add("task"));
        });
    assertThat(done.orTimeout(30, SECONDS).join()).containsExactly("task", "write");
  }

  @Test
  void tellsWhoWatchesAChannel() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    CompletableFuture<Integer> read = new CompletableFuture<>();
    SocketLoop.Handler handler =
        key -> read.complete(pipe.source().read(loop.readBuffer().limit(10)));
    register(pipe, handler);
    pipe.sink().write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(read.orTimeout(30, SECONDS).join()).isEqualTo(3);
    pipe.sink().close();
  }

  /** One socket's fault is not the others'. */
  @Test
  void closesAChannelWhoseHandlerFails() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    register(
        pipe,
        key -> {
          throw new IllegalStateException("on purpose");
        });
    pipe.sink().write(java.nio.ByteBuffer.wrap(new byte[] {1}));
    while (pipe.source().isOpen()) {
      onLoop(() -> true);
    }
    pipe.sink().close();
  }

  @Test
  void closesItsChannelsAndEndsItsThread() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    register(pipe, key -> {});
    loop.close();
    assertThat(pipe.source().isOpen()).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("test-loop"));
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    pipe.sink().close();
  }

  private void register(Pipe pipe, SocketLoop.Handler handler) {
    onLoop(
        () -> {
          loop.register(pipe.source(), SelectionKey.OP_READ, handler);
          return true;
        });
  }

  private <T> T onLoop(java.util.concurrent.Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            done.complete(task.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done.orTimeout(30, SECONDS).join();
  }
}
