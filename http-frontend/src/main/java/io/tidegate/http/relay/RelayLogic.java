package io.tidegate.http.relay;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.ConnectionListener;
import io.tidegate.http.transport.Phase;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one client's connection as seen from its requests. At most one exchange is in
 * progress; everything that happens to it elsewhere comes back here as a turn of this stage.
 *
 * <p>It is long because a stage's handlers, its timer and the listeners of what it has begun are
 * one object's, and change the same few fields. What needs none of them is an {@link Arrival}, an
 * {@link Attempts}, a {@link Descent} or an {@link OwedReply}.
 */
final class RelayLogic extends TimerGraphStageLogic
    implements InHandler, OutHandler, ConnectionListener {

  private static final Logger LOG = LoggerFactory.getLogger(RelayLogic.class);

  /** The one timer: a bound for the answer as a whole. */
  private static final String TOTAL = "total";

  private final FlowShape<HttpRequest, HttpResponse> shape;
  private final Supplier<Relay.Rooms> current;

  /** As they were when the request in progress came. */
  private Relay.Rooms rooms;

  private final ClientConnection connection;
  private AsyncCallback<Runnable> turn;

  /** Whether a request has been taken and its answer has not gone out whole. */
  private boolean busy;

  /** The request that is being decided; null if none is. */
  private Arrival arrival;

  /** What the request in progress holds of its body; null before the first one. */
  private HeldBodies.Share held;

  /** The request that is with an upstream; null if none is. */
  private Exchange exchange;

  /** Its way up; null before the first. */
  private Attempts attempts;

  /** The answer whose body is going out; null unless one is. */
  private Descent answering;

  private OwedReply owed;

  private boolean firstRequest = true;
  private boolean closeAfterAnswer;

  RelayLogic(
      FlowShape<HttpRequest, HttpResponse> shape,
      Supplier<Relay.Rooms> current,
      ClientConnection connection) {
    super(shape);
    this.shape = shape;
    this.current = current;
    this.rooms = current.get();
    this.connection = connection;
    setHandlers(shape.in(), shape.out(), this);
  }

  @Override
  public void preStart() {
    turn = createAsyncCallback(this::run);
    owed = new OwedReply(turn::invoke, this::reply);
    connection.listen(this);
  }

  @Override
  public void postStop() {
    if (arrival != null) {
      arrival.leave();
    }
    if (exchange != null) {
      exchange.abandon(Outcome.CLIENT_GONE);
    }
    if (held != null) {
      held.giveBack();
    }
  }

  @Override
  public void onPush() {
    HttpRequest request = grab(shape.in());
    busy = true;
    firstRequest = false;
    connection.atTheGate();
    rooms = current.get();
    held = rooms.bodies().share();
    arrival = new Arrival(rooms, connection, held, turn::invoke, materializer(), decided());
    run(() -> arrival.begin(request));
  }

  private Arrival.Listener decided() {
    return new Arrival.Listener() {
      @Override
      public void admitted(Trip trip) {
        arrival = null;
        begin(trip);
      }

      @Override
      public void answered(HttpRequest request, HttpResponse response) {
        arrival = null;
        refuse(request, response);
      }

      @Override
      public void spoiled(HttpResponse response) {
        arrival = null;
        closeAfterAnswer = true;
        reply(response);
      }
    };
  }

  @Override
  public void onPull() {
    next();
  }

  @Override
  public void onUpstreamFinish() {
    next(); // a client that asked to close after this answer has not gone: the answer comes first
  }

  @Override
  public void onUpstreamFailure(Throwable reason) {
    failStage(reason);
  }

  @Override
  public void onDownstreamFinish(Throwable cause) {
    completeStage();
  }

  @Override
  public void clientGone() {
    turn.invoke(
        () -> {
          if (exchange != null) {
            exchange.abandon(Outcome.CLIENT_GONE);
          }
          if (busy && answering == null) {
            completeStage();
          }
        });
  }

  @Override
  public void late(Phase phase) {
    turn.invoke(
        () -> {
          if (busy && connection.phase() == phase) {
            connection.atTheGate();
            onLate(phase);
          }
        });
  }

  @Override
  public void cut() {
    turn.invoke(
        () -> {
          if (answering != null) {
            connection.answerIsCut();
            answering.stop(Outcome.CUT);
          } else if (exchange != null) {
            connection.answerIsCut();
            fail(exchange, Outcome.CUT);
          } else if (arrival != null) {
            arrival.cut();
          } else {
            completeStage();
          }
        });
  }

  private void onLate(Phase phase) {
    switch (phase) {
      case BODY -> {
        if (arrival != null) {
          arrival.late();
        } else if (exchange == null) {
          closeAfterAnswer = true;
          owed.giveNow();
        } else {
          spoil(exchange, ErrorCase.BODY_TOO_SLOW);
        }
      }
      case ANSWER -> attempts.late();
      case STREAM -> answering.stop(Outcome.IDLE_TIMEOUT);
      default -> throw new IllegalStateException("nobody is late in " + phase);
    }
  }

  /** Asks for the next request once the last answer is out. */
  private void next() {
    if (busy) {
      return;
    }
    if (closeAfterAnswer || isClosed(shape.in())) {
      completeStage();
    } else if (isAvailable(shape.out()) && !hasBeenPulled(shape.in())) {
      if (!firstRequest) {
        connection.betweenRequests();
      }
      pull(shape.in());
    }
  }

  /** The answer takes longer as a whole than any may. */
  @Override
  public void onTimer(Object key) {
    if (answering != null) {
      answering.stop(Outcome.TOTAL_TIMEOUT);
    } else if (exchange != null) {
      fail(exchange, Outcome.TOTAL_TIMEOUT);
    }
  }

  private void endRequest() {
    cancelTimer(TOTAL);
    connection.answerEnds();
    busy = false;
    held.giveBack();
  }

  private void reply(HttpResponse response) {
    exchange = null;
    endRequest();
    push(shape.out(), response);
    next();
  }

  /** Gives an answer that needs no upstream, after the request's body if that is small. */
  private void refuse(HttpRequest request, HttpResponse response) {
    if (OwedReply.isWorthReading(request)) {
      connection.await(Phase.BODY, rooms.timeouts().requestBody());
      owed.afterBody(request, response, materializer());
    } else {
      reply(response);
    }
  }

  private void begin(Trip trip) {
    Exchange begun = new Exchange(trip, new Upload(trip.request().entity()));
    exchange = begun;
    connection.answerBegins();
    Attempts.Listener listener =
        new Attempts.Listener() {
          @Override
          public void answered(HttpResponse answer) {
            RelayLogic.this.answered(begun, answer);
          }

          @Override
          public void failed(Outcome outcome) {
            fail(begun, outcome);
          }

          @Override
          public void spoiled(ErrorCase error) {
            spoil(begun, error);
          }
        };
    rooms.timeouts().total().ifPresent(longest -> scheduleOnce(TOTAL, longest));
    attempts = new Attempts(rooms, connection, begun, turn::invoke, listener);
    attempts.begin();
  }

  /** Ends an exchange whose request is the client's own fault. */
  private void spoil(Exchange running, ErrorCase error) {
    running.abandon(Outcome.BAD_REQUEST);
    closeAfterAnswer = true;
    reply(error(running.trip(), error));
  }

  private void fail(Exchange running, Outcome outcome) {
    running.abandon(outcome);
    reply(error(running.trip(), Exchange.errorOf(outcome)));
  }

  private HttpResponse error(Trip trip, ErrorCase error) {
    return trip.serviceClass()
        .map(known -> rooms.replies().failed(error, known, trip.requestId()))
        .orElseGet(() -> rooms.replies().error(error, trip.requestId()));
  }

  private void answered(Exchange running, HttpResponse answer) {
    new Descent(running, connection, rooms, down(running)).begin(answer);
  }

  private Descent.Listener down(Exchange running) {
    return new Descent.Listener() {
      @Override
      public void whole(HttpResponse response) {
        reply(response);
      }

      @Override
      public void begun(Descent descent, HttpResponse response) {
        answering = descent;
        push(shape.out(), response);
      }

      @Override
      public void ended(boolean connectionUsable) {
        turn.invoke(
            () -> {
              if (exchange == running) {
                exchange = null;
                answering = null;
                endRequest();
                closeAfterAnswer |= !connectionUsable;
                next();
              }
            });
      }
    };
  }

  /** A fault of the gate's own costs one connection, and is counted as what it is. */
  private void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException bug) {
      LOG.error("A request failed inside the gate", bug);
      if (exchange != null) {
        exchange.abandon(Outcome.FAILED);
      }
      failStage(bug);
    }
  }
}
