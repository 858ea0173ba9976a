package io.tidegate.http.upstream.wire;

import io.tidegate.http.transport.framing.AnswerFramer;
import io.tidegate.http.transport.loop.SocketLoop;
import io.tidegate.http.transport.loop.WriteQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/**
 * A socket to an upstream that speaks HTTP/1.1 in the clear, one request at a time, on the loop of
 * the clients whose requests it carries.
 *
 * <p>It reads while an answer is owed, while somebody waits for more of a body, and while nothing
 * is going on, so that an upstream that closes is seen.
 *
 * <p>Threading: {@link #abort} is for all, everything else is for the loop's own thread.
 */
public final class LoopWire
    implements Wire, SocketLoop.Handler, SocketLoop.Writer, Answer.Carrier, UploadSink.Target {

  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /** Above this no more of a request's body is asked for. */
  private static final int HIGH_WATER_BYTES = 64 * 1024;

  private final SocketLoop loop;
  private final SocketChannel channel;
  private final String host;
  private final Materializer materializer;
  private final User user;
  private final CompletableFuture<LoopWire> opened;
  private final WriteQueue queue = new WriteQueue();
  private final AnswerFramer framer = new AnswerFramer(MAX_HEAD_BYTES);
  private SelectionKey key;
  private boolean willFlush;
  private boolean closed;

  /** The answer to the last request; null before the first. */
  private Answer answer;

  private boolean uploading;

  /** Who waits for room in the queue; null if nobody does. */
  private Runnable whenReady;

  LoopWire(
      SocketLoop loop,
      SocketChannel channel,
      String host,
      Materializer materializer,
      User user,
      CompletableFuture<LoopWire> opened) {
    this.loop = loop;
    this.channel = channel;
    this.host = host;
    this.materializer = materializer;
    this.user = user;
    this.opened = opened;
  }

  /** Begins to connect. */
  void connect(InetSocketAddress address) throws IOException {
    boolean atOnce = channel.connect(address);
    key = loop.register(channel, atOnce ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    if (atOnce) {
      loop.execute(() -> opened.complete(this));
    }
  }

  @Override
  public boolean offer(HttpRequest request) {
    if (closed || isBusy()) {
      return false;
    }
    answer = new Answer(this, request.method().equals(HttpMethods.HEAD));
    framer.begin(answer.toHead());
    queue.add(RequestHeads.of(request, host));
    send(request.entity());
    flushLater();
    watch(SelectionKey.OP_READ);
    return true;
  }

  private void send(RequestEntity entity) {
    if (entity instanceof HttpEntity.Strict strict) {
      queue.add(strict.getData());
      return;
    }
    uploading = true;
    entity
        .getDataBytes()
        .to(new UploadSink(this, entity instanceof HttpEntity.Chunked))
        .addAttributes(ActorAttributes.dispatcher(loop.dispatcher()))
        .run(materializer);
  }

  private boolean isBusy() {
    return uploading || (answer != null && !answer.hasEnded());
  }

  @Override
  public void abort() {
    if (loop.isCurrent()) {
      close(new BrokenAnswer("given up"));
    } else {
      loop.execute(this::abort);
    }
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      if (ready.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        opened.complete(this);
      }
      if (ready.isValid() && ready.isWritable()) {
        unwatch(SelectionKey.OP_WRITE);
        flush();
      }
      if (ready.isValid() && ready.isReadable()) {
        read();
      }
    } catch (IOException | BrokenAnswer gone) {
      close(gone);
    }
  }

  private void read() throws IOException, BrokenAnswer {
    ByteBuffer buffer = loop.readBuffer();
    int count = channel.read(buffer);
    if (count < 0) {
      onEnd();
    } else if (count > 0) {
      byte[] bytes = new byte[count];
      buffer.flip().get(bytes);
      take(bytes);
    }
  }

  private void take(byte[] bytes) throws BrokenAnswer {
    if (answer == null || answer.hasEnded()) {
      throw new BrokenAnswer("the upstream sends what nobody asked for");
    }
    boolean headBefore = answer.isAnswered();
    int end = answer.take(framer, bytes, bytes.length);
    if (answer.hasEnded()) {
      boolean reusable =
          end == bytes.length && !uploading && framer.head().keepsConnection(answer.toHead());
      if (reusable) {
        watch(SelectionKey.OP_READ);
      } else {
        close(null);
      }
    } else if (answer.isAnswered() && (!headBefore || answer.hasBytes())) {
      unwatch(SelectionKey.OP_READ);
    }
  }

  private void onEnd() {
    if (answer != null && !answer.hasEnded() && framer.endsWithConnection()) {
      answer.endWithConnection(framer.head());
      close(null);
    } else {
      close(isBusy() ? new BrokenAnswer("the upstream has closed the connection") : null);
    }
  }

  private void close(Throwable reason) {
    if (closed) {
      return;
    }
    closed = true;
    SocketLoop.closeQuietly(channel);
    tellWaiting();
    if (!opened.completeExceptionally(reason == null ? new IOException("closed") : reason)) {
      if (answer != null) {
        answer.fail(reason == null ? new BrokenAnswer("closed") : reason);
      }
    }
    user.closed(reason);
  }

  // The answer asks.

  @Override
  public void answered(HttpResponse response) {
    user.answered(response);
  }

  @Override
  public void demand() {
    watch(SelectionKey.OP_READ);
  }

  @Override
  public void abandoned() {
    abort();
  }

  // The upload asks.

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean take(ByteString bytes, Runnable newWhenReady) {
    queue.add(bytes);
    flushLater();
    if (queue.pendingBytes() < HIGH_WATER_BYTES) {
      return true;
    }
    whenReady = newWhenReady;
    return false;
  }

  @Override
  public void uploaded() {
    uploading = false;
  }

  @Override
  public void uploadFailed(Throwable reason) {
    close(reason);
  }

  private void flushLater() {
    if (!willFlush) {
      willFlush = true;
      loop.flushLater(this);
    }
  }

  @Override
  public void flush() {
    willFlush = false;
    if (closed) {
      return;
    }
    try {
      queue.writeTo(channel, loop.writeBuffer());
    } catch (IOException gone) {
      close(gone);
      return;
    }
    if (!queue.isEmpty()) {
      watch(SelectionKey.OP_WRITE);
    }
    if (queue.pendingBytes() < HIGH_WATER_BYTES) {
      tellWaiting();
    }
  }

  private void tellWaiting() {
    Runnable waiting = whenReady;
    whenReady = null;
    if (waiting != null) {
      waiting.run();
    }
  }

  private void watch(int operation) {
    if (key.isValid()) {
      key.interestOpsOr(operation);
    }
  }

  private void unwatch(int operation) {
    if (key.isValid()) {
      key.interestOpsAnd(~operation);
    }
  }
}
