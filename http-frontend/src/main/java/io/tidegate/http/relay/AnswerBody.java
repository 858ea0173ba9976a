package io.tidegate.http.relay;

import static org.apache.pekko.http.javadsl.model.ContentTypes.NO_CONTENT_TYPE;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.transport.ClientChannel;
import io.tidegate.http.upstream.UpstreamFailure;
import io.tidegate.http.upstream.wire.WireBody;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The bytes of an answer on their way down, one pull at a time, and the end of the exchange they
 * belong to. A stream of events that cannot be finished ends with an event that says so; any other
 * answer ends by closing the connection, so that nobody takes a part for the whole.
 */
final class AnswerBody extends GraphStage<FlowShape<ByteString, ByteString>> {

  /** Who is told how the answer gets on. Called on the client connection's own thread. */
  interface Progress {
    /** The upstream owes the next bytes. */
    void waitsForUpstream();

    /** They are on their way down. */
    void handedDown();

    /** Nothing more comes. */
    void ended(boolean connectionUsable);
  }

  private final Inlet<ByteString> in = Inlet.create("AnswerBody.in");
  private final Outlet<ByteString> out = Outlet.create("AnswerBody.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  private final Exchange exchange;
  private final Progress progress;
  private final Outcome outcomeAtEnd;
  private final boolean eventStream;
  private final AnswerNotes notes;
  private Optional<DirectWay> past = Optional.empty();
  private volatile AsyncCallback<Outcome> stopper;

  /**
   * The body of one answer.
   *
   * @param outcomeAtEnd the exchange's outcome if the answer comes to its end
   * @param eventStream whether it is a stream of events that can be read and added to
   * @param good whether it is an answer, not an error
   */
  AnswerBody(
      Exchange exchange,
      Progress progress,
      Outcome outcomeAtEnd,
      boolean eventStream,
      boolean good) {
    this.exchange = exchange;
    this.progress = progress;
    this.outcomeAtEnd = outcomeAtEnd;
    this.eventStream = eventStream;
    this.notes = new AnswerNotes(exchange, eventStream, good);
  }

  /**
   * Whether a stream of events comes in a coding, such as gzip. Nothing can be read in it then, and
   * nothing be put behind it.
   */
  static boolean isEncoded(HttpResponse answer) {
    return answer
        .getHeader("content-encoding")
        .filter(coding -> !coding.value().equalsIgnoreCase("identity"))
        .isPresent();
  }

  /**
   * An upstream's entity on its way through here; its length stays where a last event cannot come.
   */
  ResponseEntity of(HttpEntity entity) {
    Source<ByteString, Object> bytes = entity.getDataBytes().via(this);
    return entity instanceof HttpEntity.Default sized && !eventStream
        ? HttpEntities.create(NO_CONTENT_TYPE, sized.getContentLength(), bytes)
        : HttpEntities.createChunked(NO_CONTENT_TYPE, bytes);
  }

  /** Leads the bytes past this stage, which still ends the answer. */
  void goPast(WireBody bytes, ClientChannel channel, int status) {
    DirectWay way = new DirectWay(channel, bytes, notes, progress);
    past = Optional.of(way);
    way.begin(status);
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /** Ends the answer early; the client is told as far as the kind of answer allows. */
  void stop(Outcome outcome) {
    AsyncCallback<Outcome> running = stopper;
    if (running == null) {
      exchange.abandon(outcome);
    } else {
      running.invoke(outcome);
    }
  }

  private final class Logic extends GraphStageLogic {

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              ByteString bytes = grab(in);
              notes.add(bytes);
              progress.handedDown();
              push(out, bytes);
            }

            @Override
            public void onUpstreamFinish() {
              notes.whole();
              exchange.finish(outcomeAtEnd);
              progress.ended(true);
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable reason) {
              breakOff(Outcome.UPSTREAM_DIED);
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              progress.waitsForUpstream();
              pull(in);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              exchange.abandon(Outcome.CLIENT_GONE);
              progress.ended(false);
              completeStage();
            }
          });
    }

    @Override
    public void preStart() {
      stopper = createAsyncCallback(this::breakOff);
    }

    @Override
    public void postStop() {
      past.ifPresent(DirectWay::end);
      exchange.abandon(Outcome.CLIENT_GONE);
    }

    private void breakOff(Outcome outcome) {
      past.ifPresent(DirectWay::end);
      exchange.abandon(outcome);
      progress.ended(false);
      if (!eventStream) {
        failStage(new UpstreamFailure(outcome, null));
        return;
      }
      ByteString lastEvent = Replies.lastEvent(Exchange.errorOf(outcome));
      if (!isClosed(in)) {
        cancel(in);
      }
      ByteString end = notes.atBlankLine() ? lastEvent : AnswerNotes.BLANK_LINE.concat(lastEvent);
      emit(out, end, this::completeStage);
    }
  }
}
