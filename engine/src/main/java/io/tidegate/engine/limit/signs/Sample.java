package io.tidegate.engine.limit.signs;

import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.util.Objects;

/**
 * What a limit policy judges by: one window of the service's life.
 *
 * @param streams what streamed answers have shown in the window
 * @param inflightSeats seats held at its end, 0 or more
 * @param refusedForRoom whether anybody was refused in it for want of room
 * @param successes requests that were answered to the end in it
 * @param errors requests that an upstream failed in it
 */
public record Sample(
    StreamInterval streams,
    long inflightSeats,
    boolean refusedForRoom,
    long successes,
    long errors) {

  public Sample {
    Objects.requireNonNull(streams, "streams");
    if (inflightSeats < 0 || successes < 0 || errors < 0) {
      throw new IllegalArgumentException(
          "nothing of a sample is below zero: %d seats, %d successes, %d errors"
              .formatted(inflightSeats, successes, errors));
    }
  }

  /** How long the window was. */
  public double seconds() {
    return streams.nanos() / 1e9;
  }

  /**
   * Seats of requests whose answers have begun. Streams that have had their first token are known,
   * and what share of all streams they are; the same share of all seats is taken.
   */
  public double answeringSeats() {
    long all = streams.answering() + streams.awaiting();
    return all == 0 ? inflightSeats : (double) inflightSeats * streams.answering() / all;
  }
}
