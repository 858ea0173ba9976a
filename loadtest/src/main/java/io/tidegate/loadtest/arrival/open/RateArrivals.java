package io.tidegate.loadtest.arrival.open;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.arrival.open.Spacing.Even;
import io.tidegate.loadtest.arrival.open.Spacing.Gamma;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/**
 * Users who arrive at a rate that may change over time. Evenly spaced unless told otherwise.
 *
 * <p>Immutable.
 */
public final class RateArrivals implements Arrivals {

  /** Sums of fractions end a hair beside whole numbers; nobody is added or lost by that. */
  private static final double HAIR = 1e-6;

  private final RateCurve curve;
  private final Spacing spacing;
  private final List<Long> marksNanos;

  RateArrivals(RateCurve curve, List<Long> marksNanos) {
    this(curve, Even.INSTANCE, marksNanos);
  }

  private RateArrivals(RateCurve curve, Spacing spacing, List<Long> marksNanos) {
    this.curve = curve;
    this.spacing = spacing;
    this.marksNanos = marksNanos;
  }

  /** The same rate as a Poisson process: each moment as likely as any other. */
  public RateArrivals randomized() {
    return new RateArrivals(curve, Gamma.POISSON, marksNanos);
  }

  /**
   * The same rate in bursts.
   *
   * @param shape of the gamma distribution that gaps are drawn from, more than 0: 1 is a Poisson
   *     process, less is burstier, more is more regular
   */
  public RateArrivals burstiness(double shape) {
    return new RateArrivals(curve, new Gamma(shape), marksNanos);
  }

  @Override
  public long durationNanos() {
    return curve.durationNanos();
  }

  @Override
  public List<Long> marksNanos() {
    return marksNanos;
  }

  @Override
  public PrimitiveIterator.OfLong fireTimes(SplittableRandom random) {
    return new PrimitiveIterator.OfLong() {
      private double next = spacing.first(random);

      @Override
      public boolean hasNext() {
        return next < curve.users() - HAIR;
      }

      @Override
      public long nextLong() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        long nanos = Math.min(curve.nanosAt(next), curve.durationNanos() - 1);
        next += spacing.gap(random);
        return nanos;
      }
    };
  }
}
