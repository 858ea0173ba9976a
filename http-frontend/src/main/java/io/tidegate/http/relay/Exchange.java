package io.tidegate.http.relay;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.proxy.Trip;
import io.tidegate.http.relay.seen.Usage;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.upstream.UpstreamConnection;
import io.tidegate.http.upstream.selection.Place;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.util.ByteString;

/**
 * One request between its admission and its outcome: which connection it is on, and that its permit
 * comes back exactly once, whatever ends it.
 *
 * <p>Threading: safe for all. A connection that is won after the exchange has ended is closed.
 */
final class Exchange {

  private enum Stage {
    RUNNING,
    ENDED
  }

  private final Trip trip;
  private final Upload upload;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RUNNING);
  private final AtomicReference<Place> place;
  private long placedNanos = System.nanoTime();
  private final AtomicReference<UpstreamConnection> connection = new AtomicReference<>();

  Exchange(Trip trip, Upload upload) {
    this.trip = trip;
    this.upload = upload;
    this.place = new AtomicReference<>(trip.place());
  }

  Trip trip() {
    return trip;
  }

  Upload upload() {
    return upload;
  }

  /** Where it is now, or was last. */
  Place place() {
    return place.get();
  }

  /** Goes to another upstream, once it has left the one before. */
  void goesTo(Place next) {
    placedNanos = System.nanoTime();
    place.set(next);
    if (hasEnded()) {
      next.leave(Outcome.CLIENT_GONE, System.nanoTime());
    }
  }

  /** Gives up one upstream to try another: its connection is closed. */
  void leaves(Outcome outcome) {
    place.get().leave(outcome, System.nanoTime());
    abort();
  }

  boolean hasEnded() {
    return stage.get() == Stage.ENDED;
  }

  /** Takes a connection for this exchange; closes it and says false if the exchange has ended. */
  boolean takes(UpstreamConnection won) {
    connection.set(won);
    if (hasEnded()) {
      abort();
      return false;
    }
    return true;
  }

  /** Records the first token's time. */
  void firstToken() {
    long nowNanos = System.nanoTime();
    trip.permit().firstToken(nowNanos);
    trip.visit().firstToken(nowNanos);
    if (trip.grant().isPresent()) {
      place().member().firstTokens().add(nowNanos - placedNanos);
    }
  }

  /** Counts tokens of the answer. */
  void tokens(int count) {
    trip.permit().tokens(count);
    trip.visit().tokens(count);
  }

  /** Passes on what the upstream says in the end of its answer that the request used. */
  void usage(ByteString end) {
    if (trip.grant().isPresent()) {
      Usage.in(end)
          .ifPresent(
              used -> {
                trip.permit().usage(used.promptTokens(), used.completionTokens());
                trip.visit().usage(used.promptTokens(), used.completionTokens());
              });
    }
  }

  /** Ends the exchange with its whole answer read: the connection may serve the next. */
  void finish(Outcome outcome) {
    if (stage.compareAndSet(Stage.RUNNING, Stage.ENDED)) {
      complete(outcome);
      UpstreamConnection held = connection.getAndSet(null);
      if (held != null) {
        held.release();
      }
    }
  }

  /** Ends the exchange before its answer was read to the end: the connection is closed. */
  void abandon(Outcome outcome) {
    if (stage.compareAndSet(Stage.RUNNING, Stage.ENDED)) {
      complete(outcome);
      abort();
    }
  }

  /** The outcome of an answer that was carried to its end. */
  static Outcome outcomeOf(int status) {
    if (Place.isBusy(status)) {
      return Outcome.UPSTREAM_BUSY;
    }
    return status >= 500 ? Outcome.UPSTREAM_ERROR : Outcome.SERVED;
  }

  /** What a client is told about an exchange that failed upstream. */
  static ErrorCase errorOf(Outcome outcome) {
    return switch (outcome) {
      case CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT ->
          ErrorCase.UPSTREAM_TIMEOUT;
      case CUT -> ErrorCase.DRAINING;
      case FAILED -> ErrorCase.GATE_FAILURE;
      default -> ErrorCase.UPSTREAM_ERROR;
    };
  }

  private void complete(Outcome outcome) {
    trip.permit().complete(outcome);
    Place last = place.get();
    last.leave(outcome, System.nanoTime());
    trip.visit().ended(last.member().config().name(), outcome);
  }

  private void abort() {
    UpstreamConnection held = connection.getAndSet(null);
    if (held != null) {
      held.abort();
    }
  }
}
