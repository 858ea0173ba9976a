package io.tidegate.http.upstream.wire;

import io.tidegate.http.transport.framing.Chunk;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.util.ByteString;

/**
 * The body of a request on its way into the socket of an upstream, as it comes. Nothing is asked
 * for while the socket has enough to write. Runs on the socket's loop.
 */
final class UploadSink extends GraphStage<SinkShape<ByteString>> {

  /** Where the bytes go. All calls are on the loop. */
  interface Target {
    /** Whether there is still somebody to take bytes. */
    boolean isOpen();

    /** Takes bytes, and says whether it wants more at once; if not, it asks for them. */
    boolean take(ByteString bytes, Runnable whenReady);

    /** That was all. */
    void uploaded();

    /** The client's body cannot be read to its end. */
    void uploadFailed(Throwable reason);
  }

  private static final ByteString LAST_CHUNK = ByteString.fromString("0\r\n\r\n");

  private final Inlet<ByteString> in = Inlet.create("UploadSink.in");
  private final SinkShape<ByteString> shape = SinkShape.of(in);
  private final Target target;
  private final boolean chunked;

  UploadSink(Target target, boolean chunked) {
    this.target = target;
    this.chunked = chunked;
  }

  @Override
  public SinkShape<ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic implements InHandler {

    private AsyncCallback<Runnable> turn;

    Logic() {
      super(shape);
      setHandler(in, this);
    }

    @Override
    public void preStart() {
      turn = createAsyncCallback(Runnable::run);
      pull(in);
    }

    @Override
    public void onPush() {
      ByteString bytes = grab(in);
      if (!target.isOpen()) {
        completeStage();
        return;
      }
      boolean more = bytes.isEmpty() || target.take(framed(bytes), () -> turn.invoke(this::more));
      if (more) {
        pull(in);
      }
    }

    private void more() {
      if (!target.isOpen()) {
        completeStage();
      } else if (!isClosed(in) && !hasBeenPulled(in)) {
        pull(in);
      }
    }

    private ByteString framed(ByteString bytes) {
      return chunked ? Chunk.of(bytes) : bytes;
    }

    @Override
    public void onUpstreamFinish() {
      if (chunked) {
        target.take(LAST_CHUNK, () -> {});
      }
      target.uploaded();
      completeStage();
    }

    @Override
    public void onUpstreamFailure(Throwable reason) {
      target.uploadFailed(reason);
      completeStage();
    }
  }
}
