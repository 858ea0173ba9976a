package io.tidegate.http.relay;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.RetryOn;
import io.tidegate.http.proxy.RequestMethods;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.Phase;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.UpstreamConnection;
import io.tidegate.http.upstream.UpstreamFailure;
import io.tidegate.http.upstream.health.RetryAfter;
import io.tidegate.http.upstream.retry.RetryRules;
import io.tidegate.http.upstream.selection.Member;
import io.tidegate.http.upstream.selection.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The way up of one exchange: to the upstream that was chosen, and to another one as long as
 * nothing of an answer has gone down.
 *
 * <p>Where no connection comes about, another upstream is tried in any case, each at most once.
 * After any other failure the first may have begun to work on the request; then another one is
 * tried only where the configuration of the first allows it, the body is here as a whole, and the
 * budget for retries is not used up. An idle connection that had closed by itself is no failure: a
 * fresh one is made, once, if the request had not been sent or only reads.
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
  private final List<Member> tried = new ArrayList<>(1);

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
    rooms.upstreams().retries().sent(System.nanoTime());
    tryAt(exchange.place());
  }

  /** No answer has begun in time. */
  void late() {
    if (!triesAnother(exchange.place(), Outcome.FIRST_BYTE_TIMEOUT)) {
      listener.failed(Outcome.FIRST_BYTE_TIMEOUT);
    }
  }

  private void tryAt(Place place) {
    tried.add(place.member());
    connect(place, upstream(place).acquire());
  }

  private Upstream upstream(Place place) {
    return rooms.upstreams().of(place.member());
  }

  private void connect(Place place, CompletionStage<UpstreamConnection> connecting) {
    connecting.whenComplete(
        (won, failure) -> {
          if (failure != null) {
            inTurn(place, () -> notConnected(place, outcomeOf(failure)));
          } else if (exchange.takes(won)) {
            inTurn(place, () -> send(place, won));
          }
        });
  }

  private void send(Place place, UpstreamConnection connection) {
    Upload upload = exchange.upload();
    if (upload.isWhole()) {
      awaitAnswer();
    } else {
      client.await(Phase.BODY, rooms.timeouts().requestBody());
      upload.whenSent(() -> inTurn(place, this::sent));
    }
    connection.send(
        rooms.requests().make(exchange.trip(), upstream(place), upload.body()),
        new UpstreamConnection.AnswerListener() {
          @Override
          public void answered(HttpResponse answer) {
            inTurn(place, () -> answer(place, answer));
          }

          @Override
          public void failed(UpstreamFailure failure) {
            inTurn(place, () -> noAnswer(place, connection, failure));
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

  private void notConnected(Place place, Outcome outcome) {
    Optional<Place> other = another(place);
    if (other.isPresent()) {
      goTo(other.get(), place, outcome);
    } else {
      listener.failed(outcome);
    }
  }

  private void answer(Place place, HttpResponse answer) {
    int status = answer.status().intValue();
    place.answered(status, retryAfter(answer), System.nanoTime());
    Optional<RetryOn> kind = RetryRules.kindOf(status);
    if (kind.isEmpty() || !triesAnother(place, kind.get(), Exchange.outcomeOf(status))) {
      listener.answered(answer);
    }
  }

  private void noAnswer(Place place, UpstreamConnection connection, UpstreamFailure failure) {
    Optional<ErrorCase> fault = exchange.upload().fault();
    if (fault.isPresent()) {
      listener.spoiled(fault.get());
    } else if (connection.reused() && maySendAgain(connection)) {
      connect(place, upstream(place).acquireFresh());
    } else if (!triesAnother(place, failure.outcome())) {
      listener.failed(failure.outcome());
    }
  }

  private boolean triesAnother(Place place, Outcome outcome) {
    Optional<RetryOn> kind = RetryRules.kindOf(outcome);
    return kind.isPresent() && triesAnother(place, kind.get(), outcome);
  }

  /** Goes on at another upstream if that is allowed and there is one. */
  private boolean triesAnother(Place place, RetryOn kind, Outcome outcome) {
    if (!place.member().config().retryOn().contains(kind) || !exchange.upload().isWhole()) {
      return false;
    }
    Optional<Place> other = another(place);
    if (other.isEmpty()) {
      return false;
    }
    if (!rooms.upstreams().retries().spend(System.nanoTime())) {
      other.get().leave(Outcome.CLIENT_GONE, System.nanoTime());
      return false;
    }
    goTo(other.get(), place, outcome);
    return true;
  }

  private Optional<Place> another(Place place) {
    return rooms.upstreams().pool().takeAgain(place.wanted(), tried, System.nanoTime());
  }

  private void goTo(Place next, Place failed, Outcome outcome) {
    exchange.leaves(outcome);
    failed.member().lost();
    exchange.goesTo(next);
    tryAt(next);
  }

  private static Optional<Duration> retryAfter(HttpResponse answer) {
    return answer
        .getHeader("retry-after-ms")
        .flatMap(header -> RetryAfter.ofMillis(header.value()))
        .or(
            () ->
                answer
                    .getHeader("retry-after")
                    .flatMap(header -> RetryAfter.of(header.value(), Instant.now())));
  }

  /** Work that an upstream may have begun is not asked for a second time. */
  private boolean maySendAgain(UpstreamConnection connection) {
    return !connection.sent()
        || (exchange.upload().isWhole() && RequestMethods.isRead(exchange.trip().request()));
  }

  /** Does something in a turn of the stage, unless the exchange has ended or gone on by then. */
  private void inTurn(Place place, Runnable action) {
    turn.execute(
        () -> {
          if (!exchange.hasEnded() && exchange.place() == place) {
            action.run();
          }
        });
  }

  private static Outcome outcomeOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return cause instanceof UpstreamFailure known ? known.outcome() : Outcome.FAILED;
  }
}
