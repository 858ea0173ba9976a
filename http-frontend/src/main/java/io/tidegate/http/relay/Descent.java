package io.tidegate.http.relay;

import static org.apache.pekko.http.javadsl.model.ContentTypes.NO_CONTENT_TYPE;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.proxy.AnswerHeads;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.proxy.header.ContentTypes;
import io.tidegate.http.transport.ClientChannel;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.Phase;
import io.tidegate.http.upstream.wire.WireBody;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;

/**
 * The way of one answer down, from its head on: at once where it is here as a whole or has no body,
 * else piece by piece, while whoever owes the next piece has a deadline.
 *
 * <p>Threading: everything happens in turns of the client connection's stage.
 */
final class Descent {

  /** Who sends what comes. */
  interface Listener {
    /** The answer is whole. */
    void whole(HttpResponse response);

    /** The answer's head, with a body that is on its way. */
    void begun(Descent descent, HttpResponse response);

    /** The body has come to its end; comes on the connection's own thread. */
    void ended(boolean connectionUsable);
  }

  private final Exchange exchange;
  private final ClientConnection client;
  private final Relay.Rooms rooms;
  private final Listener listener;

  /** Null unless a body is going out. */
  private AnswerBody body;

  /**
   * The way of the answer to one exchange.
   *
   * @param rooms as they were when the request came
   */
  Descent(Exchange exchange, ClientConnection client, Relay.Rooms rooms, Listener listener) {
    this.exchange = exchange;
    this.client = client;
    this.rooms = rooms;
    this.listener = listener;
  }

  /** Begins with the head that the upstream has sent. */
  void begin(HttpResponse answer) {
    Trip trip = exchange.trip();
    boolean eventStream = ContentTypes.isEventStream(answer);
    HttpResponse head = AnswerHeads.of(answer, trip, eventStream);
    Outcome outcome = Exchange.outcomeOf(answer.status().intValue());
    if (answer.entity() instanceof HttpEntity.Strict strict) {
      if (answer.status().isSuccess()) {
        exchange.firstToken();
        exchange.usage(strict.getData());
      }
      exchange.finish(outcome);
      listener.whole(head.withEntity(untyped(answer.entity())));
    } else if (trip.request().method().equals(HttpMethods.HEAD)) {
      exchange.abandon(outcome);
      listener.whole(head.withEntity(untyped(answer.entity())));
    } else {
      boolean events = eventStream && !AnswerBody.isEncoded(answer);
      body = new AnswerBody(exchange, progress(), outcome, events, answer.status().isSuccess());
      client.await(Phase.STREAM, rooms.timeouts().idle());
      ResponseEntity entity = body.of(answer.entity());
      if (rooms.direct() && entity.isChunked()) {
        shorten(answer);
      }
      listener.begun(this, head.withEntity(entity));
    }
  }

  /** The type is among the headers. An entity stays of its kind, and Java is not told so. */
  private static ResponseEntity untyped(ResponseEntity entity) {
    return (ResponseEntity) entity.withContentType(NO_CONTENT_TYPE);
  }

  /** Takes the short way down if there is one, and the client can read chunks. */
  private void shorten(HttpResponse answer) {
    Optional<WireBody> bytes = answer.getAttribute(WireBody.KEY);
    Optional<ClientChannel> channel = client.channel();
    boolean chunks = exchange.trip().request().protocol().equals(HttpProtocols.HTTP_1_1);
    if (chunks && bytes.isPresent() && channel.isPresent()) {
      body.goPast(bytes.get(), channel.get(), answer.status().intValue());
    }
  }

  /** Ends the body early. */
  void stop(Outcome outcome) {
    body.stop(outcome);
  }

  private AnswerBody.Progress progress() {
    Duration idle = rooms.timeouts().idle();
    return new AnswerBody.Progress() {
      @Override
      public void waitsForUpstream() {
        client.await(Phase.STREAM, idle);
      }

      @Override
      public void handedDown() {
        client.atTheGate();
      }

      @Override
      public void ended(boolean connectionUsable) {
        listener.ended(connectionUsable);
      }
    };
  }
}
