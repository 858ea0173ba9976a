package io.tidegate.loadtest.arrival.trace;

import io.tidegate.loadtest.arrival.Arrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/**
 * A trace sent again: a window of it, at another speed, at another rate, with tiers.
 *
 * <p>Speed and rate are apart: twice the speed squeezes bursts together, twice the rate sends each
 * row twice and leaves the bursts as long as they were. Rows with equal stamps, and the copies of a
 * row, are spread evenly up to the next stamp, but no farther than the trace's clock was coarse.
 *
 * <p>Immutable. What is random depends on the seed given here and a row's place, so that a row has
 * the same tier at every speed.
 */
public final class Replay implements Arrivals {

  private final Trace trace;
  private final Knobs knobs;
  private final List<Call> calls;

  private Replay(Trace trace, Knobs knobs) {
    this.trace = trace;
    this.knobs = knobs;
    this.calls = calls(trace, knobs);
  }

  /** The whole trace as it was. */
  public static Replay of(Trace trace) {
    return new Replay(
        trace,
        new Knobs(0, trace.spanNanos() + trace.resolutionNanos(), 1, 1, TierShares.none(), 1));
  }

  /** Only what arrived from a moment of the trace on and before another. */
  public Replay window(Duration from, Duration to) {
    if (from.isNegative() || to.compareTo(from) <= 0) {
      throw new IllegalArgumentException("a window must begin at 0 or later and end after that");
    }
    return new Replay(trace, knobs.between(from.toNanos(), to.toNanos()));
  }

  /** Only what arrived from a moment of the trace on. */
  public Replay from(Duration moment) {
    return new Replay(trace, knobs.between(moment.toNanos(), knobs.toNanos));
  }

  /** How much faster than it was: 20 plays an hour in three minutes. More than 0. */
  public Replay timeScale(double speed) {
    return new Replay(trace, knobs.atSpeed(positive("time scale", speed)));
  }

  /** How many times each row is sent, on average. More than 0. */
  public Replay rateScale(double copies) {
    return new Replay(trace, knobs.atRate(positive("rate scale", copies)));
  }

  /** The share of each tier. */
  public Replay assignTiers(Map<String, Double> shares) {
    return new Replay(trace, knobs.withTiers(new TierShares(shares)));
  }

  /** What tiers and the choice of rows depend on. */
  public Replay seed(long seed) {
    return new Replay(trace, knobs.withSeed(seed));
  }

  /** What is sent, in the order of time. */
  public List<Call> calls() {
    return calls;
  }

  @Override
  public long durationNanos() {
    return Math.round((knobs.toNanos - knobs.fromNanos) / knobs.speed);
  }

  @Override
  public PrimitiveIterator.OfLong fireTimes(SplittableRandom random) {
    return calls.stream().mapToLong(Call::atNanos).iterator();
  }

  private static List<Call> calls(Trace trace, Knobs knobs) {
    List<TraceRow> rows = trace.rows();
    List<Call> calls = new ArrayList<>();
    int first = 0;
    while (first < rows.size()) {
      int next = first + 1;
      while (next < rows.size() && rows.get(next).atNanos() == rows.get(first).atNanos()) {
        next++;
      }
      if (knobs.holds(rows.get(first).atNanos())) {
        long gap =
            next < rows.size()
                ? rows.get(next).atNanos() - rows.get(first).atNanos()
                : trace.resolutionNanos();
        spread(calls, rows, first, next, Math.min(gap, trace.resolutionNanos()), knobs);
      }
      first = next;
    }
    return List.copyOf(calls);
  }

  /** Sends the rows of one stamp, each as often as the rate says, evenly over a stretch. */
  private static void spread(
      List<Call> calls, List<TraceRow> rows, int first, int next, long stretchNanos, Knobs knobs) {
    List<Integer> sent = new ArrayList<>();
    for (int row = first; row < next; row++) {
      int copies = knobs.copies(row);
      for (int copy = 0; copy < copies; copy++) {
        sent.add(row);
      }
    }
    long stamp = rows.get(first).atNanos() - knobs.fromNanos;
    long last = knobs.toNanos - knobs.fromNanos - 1;
    for (int n = 0; n < sent.size(); n++) {
      int row = sent.get(n);
      double at = Math.min((double) last, stamp + stretchNanos * (double) n / sent.size());
      calls.add(
          new Call(
              (long) (at / knobs.speed),
              Math.max(1, rows.get(row).inputTokens()),
              Math.max(1, rows.get(row).outputTokens()),
              knobs.tiers.tierOf(knobs.seed, row)));
    }
  }

  private static double positive(String what, double number) {
    if (!(number > 0 && number < 1e6)) {
      throw new IllegalArgumentException(
          "a %s must be more than 0 and below a million, not %s".formatted(what, number));
    }
    return number;
  }

  /**
   * One request to be sent.
   *
   * @param atNanos when, from the beginning of the replay
   * @param inputTokens 1 or more
   * @param outputTokens 1 or more
   * @param tier whose it is, where shares were given
   */
  public record Call(long atNanos, int inputTokens, int outputTokens, Optional<String> tier) {}

  private record Knobs(
      long fromNanos, long toNanos, double speed, double rate, TierShares tiers, long seed) {

    /** Apart from the places that tiers are drawn from. */
    private static final long COPIES = 0x5eed;

    Knobs between(long from, long to) {
      return new Knobs(from, to, speed, rate, tiers, seed);
    }

    Knobs atSpeed(double newSpeed) {
      return new Knobs(fromNanos, toNanos, newSpeed, rate, tiers, seed);
    }

    Knobs atRate(double newRate) {
      return new Knobs(fromNanos, toNanos, speed, newRate, tiers, seed);
    }

    Knobs withTiers(TierShares newTiers) {
      return new Knobs(fromNanos, toNanos, speed, rate, newTiers, seed);
    }

    Knobs withSeed(long newSeed) {
      return new Knobs(fromNanos, toNanos, speed, rate, tiers, newSeed);
    }

    boolean holds(long nanos) {
      return nanos >= fromNanos && nanos < toNanos;
    }

    int copies(int row) {
      int whole = (int) rate;
      return whole + (Hash.unit(seed + COPIES, row) < rate - whole ? 1 : 0);
    }
  }
}
