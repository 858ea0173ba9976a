package io.tidegate.engine.limit.signs;

import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.util.OptionalDouble;

/**
 * How the upstream feels, as far as a window shows it.
 *
 * @param lateSeconds by how much first tokens are later than ordinary, as a median, 0 or more; with
 *     too few of them, by how much the longest wait for one exceeds the ordinary; empty: unknown
 * @param tokenTimeRatio the mean time of an output token over what is aimed at, so that more than 1
 *     is too slow; empty: unknown
 */
public record Signs(OptionalDouble lateSeconds, OptionalDouble tokenTimeRatio) {
  // Aiming at the objective itself, half of all answers would miss it.
  private static final double AIM = .98;

  /** Reads the signs of a window. */
  public static Signs of(Sample sample, FirstTokenBase base, double objectiveSeconds) {
    return new Signs(late(sample.streams(), base), ratio(sample.streams(), objectiveSeconds));
  }

  /** Whether there is nothing to judge by. */
  public boolean none() {
    return lateSeconds.isEmpty() && tokenTimeRatio.isEmpty();
  }

  /** Seconds, 0 where unknown. */
  public double late() {
    return lateSeconds.orElse(0);
  }

  /** The ratio, 0 where unknown. */
  public double slow() {
    return tokenTimeRatio.orElse(0);
  }

  private static OptionalDouble late(StreamInterval streams, FirstTokenBase base) {
    OptionalDouble median = base.excessSeconds(streams.firstTokens());
    if (median.isPresent()) {
      return OptionalDouble.of(Math.max(0, median.getAsDouble()));
    }
    OptionalDouble ordinary = base.longestSeconds();
    // One or two that hang are no queue.
    if (ordinary.isEmpty() || streams.awaiting() < FirstTokenBase.LEAST_SAMPLES) {
      return OptionalDouble.empty();
    }
    double excess = streams.oldestAwaitingNanos() / 1e9 - ordinary.getAsDouble();
    return excess > 0 ? OptionalDouble.of(excess) : OptionalDouble.empty();
  }

  private static OptionalDouble ratio(StreamInterval streams, double objectiveSeconds) {
    if (streams.laterTokens() == 0) {
      return OptionalDouble.empty();
    }
    double tokenSeconds = streams.streamNanos() / 1e9 / streams.laterTokens();
    return OptionalDouble.of(tokenSeconds / (AIM * objectiveSeconds));
  }
}
