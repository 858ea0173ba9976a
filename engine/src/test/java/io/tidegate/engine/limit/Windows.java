package io.tidegate.engine.limit;

import io.tidegate.engine.limit.signs.Sample;
import io.tidegate.engine.telemetry.stream.FirstToken;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.util.ArrayList;
import java.util.List;

/** Samples made by hand: an ordinary second of a service, and what to change about it. */
public record Windows(
    double seconds,
    int firstTokens,
    double firstTokenSeconds,
    double tokenSeconds,
    long inflightSeats,
    long answering,
    double oldestAwaitingSeconds,
    boolean refused,
    long successes,
    long errors) {

  /** A second in which 40 first tokens take .3 s, a token 30 ms, and that many seats are held. */
  static Windows of(long inflightSeats) {
    return new Windows(1, 40, .3, .03, inflightSeats, inflightSeats, 0, false, 40, 0);
  }

  Windows seconds(double longer) {
    return new Windows(
        longer,
        firstTokens,
        firstTokenSeconds,
        tokenSeconds,
        inflightSeats,
        answering,
        oldestAwaitingSeconds,
        refused,
        successes,
        errors);
  }

  Windows firstTokens(int many, double each) {
    return new Windows(
        seconds,
        many,
        each,
        tokenSeconds,
        inflightSeats,
        answering,
        oldestAwaitingSeconds,
        refused,
        successes,
        errors);
  }

  /** A time of 0 means that no tokens came. */
  Windows tokens(double each) {
    return new Windows(
        seconds,
        firstTokens,
        firstTokenSeconds,
        each,
        inflightSeats,
        answering,
        oldestAwaitingSeconds,
        refused,
        successes,
        errors);
  }

  Windows awaiting(long many, double oldest) {
    return new Windows(
        seconds,
        firstTokens,
        firstTokenSeconds,
        tokenSeconds,
        inflightSeats,
        inflightSeats - many,
        oldest,
        refused,
        successes,
        errors);
  }

  Windows refusing() {
    return new Windows(
        seconds,
        firstTokens,
        firstTokenSeconds,
        tokenSeconds,
        inflightSeats,
        answering,
        oldestAwaitingSeconds,
        true,
        successes,
        errors);
  }

  Windows failing(long many) {
    return new Windows(
        seconds,
        firstTokens,
        firstTokenSeconds,
        tokenSeconds,
        inflightSeats,
        answering,
        oldestAwaitingSeconds,
        refused,
        successes,
        many);
  }

  Sample sample() {
    List<FirstToken> times = new ArrayList<>();
    if (firstTokens > 0) {
      times.add(new FirstToken(PromptBucket.UP_TO_2K, nanos(firstTokenSeconds), firstTokens));
    }
    double streamSeconds = answering * seconds;
    long tokens = tokenSeconds == 0 ? 0 : Math.round(streamSeconds / tokenSeconds);
    return new Sample(
        new StreamInterval(
            nanos(seconds),
            times,
            nanos(streamSeconds),
            tokens,
            answering,
            inflightSeats - answering,
            nanos(oldestAwaitingSeconds)),
        inflightSeats,
        refused,
        successes,
        errors);
  }

  public static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
