package io.tidegate.http.relay;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.proxy.RequestMethods;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.Phase;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.UpstreamConnection;
import io.tidegate.http.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The way up of one exchange: to the first upstream that can be reached, and again where an
 * upstream cannot have begun to work on it.
 *
 * <p>That is so in three cases. The connection could not be made: the next upstream is tried, each
 * at most once. An idle connection had closed before the request was sent, or it closed before an
 * answer began and the request only reads: a fresh connection is tried, once.
 *
 * <p>Threading: everything happens in turns of the client connection's stage.
 */
final class Attempts {

  /** Who waits for the answer. One of the three is called, once, in a turn. */
  interface Listener {
    /** The head of the answer is here. */
    void answered(HttpResponse answer);

    /** No upstream gave an answer. */
    void failed(Outcome outcome);

    /** The client's own body could not be read to its end. */
    void spoiled(ErrorCase error);
  }

  private final Relay.Rooms rooms;
  private final ClientConnection client;
  private final Exchange exchange;
  private final Executor turn;
  private final Listener listener;
  private int upstreamsTried;

  Attempts(
      Relay.Rooms rooms,
      ClientConnection client,
      Exchange exchange,
      Executor turn,
      Listener listener) {
    this.rooms = rooms;
    this.client = client;
    this.exchange = exchange;
    this.turn = turn;
    this.listener = listener;
  }

  void begin() {
    Upstream first = exchange.trip().upstream();
    upstreamsTried = 1;
    connect(first, first.acquire());
  }

  private void connect(Upstream taker, CompletionStage<UpstreamConnection> connecting) {
    connecting.whenComplete(
        (won, failure) -> {
          if (failure != null) {
            inTurn(() -> notConnected(taker, failure));
          } else if (exchange.takes(won)) {
            inTurn(() -> send(taker, won));
          }
        });
  }

  private void send(Upstream taker, UpstreamConnection connection) {
    Upload upload = exchange.upload();
    if (upload.isWhole()) {
      awaitAnswer();
    } else {
      client.await(Phase.BODY, rooms.timeouts().requestBody());
      upload.whenSent(() -> inTurn(this::sent));
    }
    connection.send(
        rooms.requests().make(exchange.trip(), taker, upload.body()),
        new UpstreamConnection.AnswerListener() {
          @Override
          public void answered(HttpResponse answer) {
            inTurn(() -> listener.answered(answer));
          }

          @Override
          public void failed(UpstreamFailure failure) {
            inTurn(() -> noAnswer(taker, connection, failure));
          }
        });
  }

  /** The body has gone up. If the answer has not begun by now, it is what is waited for. */
  private void sent() {
    if (client.phase() == Phase.BODY) {
      awaitAnswer();
    }
  }

  private void awaitAnswer() {
    Trip trip = exchange.trip();
    Duration patience =
        trip.asksForStream()
            ? rooms.timeouts().firstByteStream()
            : rooms.timeouts().firstByteOther();
    client.await(Phase.ANSWER, patience);
  }

  private void notConnected(Upstream taker, Throwable failure) {
    Optional<Upstream> other =
        upstreamsTried < rooms.upstreams().all().size()
            ? rooms.upstreams().chooseOtherThan(taker)
            : Optional.empty();
    if (other.isPresent()) {
      upstreamsTried++;
      connect(other.get(), other.get().acquire());
    } else {
      listener.failed(outcomeOf(failure));
    }
  }

  private void noAnswer(Upstream taker, UpstreamConnection connection, UpstreamFailure failure) {
    Optional<ErrorCase> fault = exchange.upload().fault();
    if (fault.isPresent()) {
      listener.spoiled(fault.get());
    } else if (connection.reused() && maySendAgain(connection)) {
      connect(taker, taker.acquireFresh());
    } else {
      listener.failed(failure.outcome());
    }
  }

  /** Work that an upstream may have begun is not asked for a second time. */
  private boolean maySendAgain(UpstreamConnection connection) {
    return !connection.sent()
        || (exchange.upload().isWhole() && RequestMethods.isRead(exchange.trip().request()));
  }

  /** Does something in a turn of the stage, unless the exchange has ended by then. */
  private void inTurn(Runnable action) {
    turn.execute(
        () -> {
          if (!exchange.hasEnded()) {
            action.run();
          }
        });
  }

  private static Outcome outcomeOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return cause instanceof UpstreamFailure known ? known.outcome() : Outcome.FAILED;
  }
}
