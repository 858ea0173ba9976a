package io.tidegate.http.upstream.wire;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.util.ByteString;

/**
 * The body of an answer as a source, which runs on the loop of the answer's socket. Nothing is read
 * from the socket unless it has been pulled.
 */
final class AnswerSource extends GraphStage<SourceShape<ByteString>> {

  /** Who is told, on the loop and outside of any turn of a stream, that there is something new. */
  interface Reader {
    void onNews();
  }

  private final Outlet<ByteString> out = Outlet.create("AnswerSource.out");
  private final SourceShape<ByteString> shape = SourceShape.of(out);
  private final Answer answer;

  AnswerSource(Answer answer) {
    this.answer = answer;
  }

  @Override
  public SourceShape<ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic implements OutHandler, Reader {

    private AsyncCallback<Runnable> turn;

    Logic() {
      super(shape);
      setHandler(out, this);
    }

    @Override
    public void preStart() {
      turn = createAsyncCallback(Runnable::run);
      answer.readBy(this);
    }

    @Override
    public void postStop() {
      answer.abandon();
    }

    @Override
    public void onNews() {
      turn.invoke(this::look);
    }

    @Override
    public void onPull() {
      look();
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
      completeStage();
    }

    private void look() {
      if (answer.isPassedBy()) {
        return;
      }
      if (answer.hasBytes()) {
        if (isAvailable(out)) {
          push(out, answer.fetch());
          endIfOver();
        }
      } else if (!endIfOver() && isAvailable(out)) {
        answer.demand();
      }
    }

    private boolean endIfOver() {
      if (answer.failure() != null) {
        failStage(answer.failure());
        return true;
      }
      if (answer.hasEnded()) {
        completeStage();
        return true;
      }
      return false;
    }
  }
}
