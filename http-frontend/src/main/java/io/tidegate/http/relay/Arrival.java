package io.tidegate.http.relay;

import io.tidegate.http.proxy.Decision;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.Phase;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * The way of one request from its head to its decision: its body is read first where the gate has
 * to look into it, and it waits in the queue where it must.
 *
 * <p>Threading: everything happens in turns of the client connection's stage.
 */
final class Arrival {

  /** Who waits for the decision. One of the three is called, once, in a turn. */
  interface Listener {
    /** The request goes to an upstream. */
    void admitted(Trip trip);

    /** The gate answers itself. */
    void answered(HttpRequest request, HttpResponse response);

    /** The same, and the rest of the client's body will never be read. */
    void spoiled(HttpResponse response);
  }

  /** The body cannot be held, because too much is held already. */
  private static final class OutOfRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Relay.Rooms rooms;
  private final ClientConnection client;
  private final HeldBodies.Share held;
  private final Executor turn;
  private final Materializer materializer;
  private final Listener listener;
  private HttpRequest request;

  /** What the body is read for; null unless it is being read. */
  private Decision.Question reading;

  /** What the request waits for and where; null unless it waits. */
  private Decision.Question waiting;

  private QueuePlace place;

  Arrival(
      Relay.Rooms rooms,
      ClientConnection client,
      HeldBodies.Share held,
      Executor turn,
      Materializer materializer,
      Listener listener) {
    this.rooms = rooms;
    this.client = client;
    this.held = held;
    this.turn = turn;
    this.materializer = materializer;
    this.listener = listener;
  }

  void begin(HttpRequest arrived) {
    request = arrived;
    step(rooms.proxy().decide(arrived, client.remote()));
  }

  /** The body has not come in time. */
  void late() {
    endReading(ErrorCase.BODY_TOO_SLOW);
  }

  /** Ends what waits here, since the gate goes away. */
  void cut() {
    Decision.Question question = reading == null ? waiting : reading;
    if (question == null) {
      return; // an answer that is not long in coming
    }
    reading = null;
    waiting = null;
    leave();
    listener.spoiled(question.drained().response());
  }

  /** Ends without an answer, since there is nobody to take it. */
  void leave() {
    Decision.Question question = reading == null ? waiting : reading;
    if (question != null) {
      question.left();
    }
    reading = null;
    waiting = null;
    if (place != null) {
      place.leave();
      place = null;
    }
  }

  private void step(Decision decision) {
    if (decision instanceof Decision.Forward forward) {
      listener.admitted(forward.trip());
    } else if (decision instanceof Decision.Answer answer) {
      listener.answered(request, answer.response());
    } else if (decision instanceof Decision.Read read) {
      read(read.question());
    } else if (decision instanceof Decision.Wait wait) {
      await(wait);
    } else if (decision instanceof Decision.Later later) {
      HttpRequest asked = request;
      later.response().thenAccept(answer -> turn.execute(() -> listener.answered(asked, answer)));
    }
  }

  private void read(Decision.Question question) {
    reading = question;
    client.await(Phase.BODY, rooms.timeouts().requestBody());
    request
        .entity()
        .getDataBytes()
        .runWith(Sink.fold(new ByteArrayOutputStream(), this::hold), materializer)
        .whenComplete(
            (bytes, failure) ->
                turn.execute(
                    () -> {
                      if (failure == null) {
                        whole(bytes.toByteArray());
                      } else {
                        endReading(errorOf(failure));
                      }
                    }));
  }

  /** Copies the bytes: small pieces would take many times their size. */
  private ByteArrayOutputStream hold(ByteArrayOutputStream body, ByteString bytes) {
    if (!held.take(bytes.size())) {
      throw new OutOfRoom();
    }
    body.writeBytes(bytes.toArrayUnsafe());
    return body;
  }

  private void whole(byte[] bytes) {
    if (reading != null) {
      Decision.Question question = reading;
      reading = null;
      client.atTheGate();
      request = request.withEntity(HttpEntities.create(request.entity().getContentType(), bytes));
      step(question.read(request));
    }
  }

  private void endReading(ErrorCase error) {
    if (reading != null) {
      Decision.Question question = reading;
      reading = null;
      client.atTheGate();
      listener.spoiled(question.spoiled(error).response());
    }
  }

  private void await(Decision.Wait wait) {
    waiting = wait.question();
    place =
        new QueuePlace(
            wait.ticket(),
            turn,
            admission -> {
              Decision.Question question = waiting;
              waiting = null;
              place = null;
              step(question.decided(admission));
            });
    place.begin();
  }

  private static ErrorCase errorOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof OutOfRoom) {
      return ErrorCase.QUEUE_FULL;
    }
    return cause instanceof EntityStreamSizeException
        ? ErrorCase.BODY_TOO_LARGE
        : ErrorCase.MALFORMED;
  }
}
