package io.tidegate.engine.limit.signs;

import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Whether the objective for the time of an output token is within reach at all, and what to aim at
 * if it is not.
 *
 * <p>A model that takes longer than the objective even for a lone stream would drive the limit to
 * its minimum. Whether it is one is judged only by what a decrease has really brought: from the
 * slowest window on the way down and the present one, at seven tenths of its streams or fewer, a
 * straight line gives the time that a lone stream would see. If that is above the objective, or
 * nearly, half as much again is aimed at, until streams show that the model has become faster, or
 * for ten minutes.
 */
public final class Reach {
  // Closer to the objective than this, no useful number of streams is left under it.
  private static final double OUT_OF_REACH = .95;
  // Well under the objective again, not just across the line that was judged by.
  private static final double BACK_IN_REACH = .9;
  // Room for a batch to be worth while: a batching server's time per token grows by about half
  // from a lone stream to its knee.
  private static final double SLACK = 1.5;
  // The line needs two points that lie apart.
  private static final double COME_DOWN = .7;
  private static final double NEAR_MINIMUM = 1.05;

  private static final long BELIEVED_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long REGRESSION_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int LEAST_POINTS = 10;
  // Numbers of streams that differ by less than this part of their mean make no line.
  private static final double LEAST_SPREAD = .1;

  /** The mean number of streams in a window, and the mean time of an output token then. */
  private record Point(long nanos, double streams, double seconds) {}

  private final double askedSeconds;
  private final int minSeats;
  private final Deque<Point> lately = new ArrayDeque<>();
  private OptionalDouble aloneSeconds = OptionalDouble.empty();
  private long believedUntilNanos;
  private Point slowest;

  /** Nothing known yet. */
  public Reach(double askedSeconds, int minSeats) {
    this.askedSeconds = askedSeconds;
    this.minSeats = minSeats;
  }

  /** What to aim at: the objective, or what the model can keep. */
  public double objectiveSeconds() {
    return aloneSeconds.isPresent() ? SLACK * aloneSeconds.getAsDouble() : askedSeconds;
  }

  /** Whether not even a lone stream would keep to the objective. */
  public boolean unattainable() {
    return aloneSeconds.isPresent();
  }

  /** Takes in a window, and the limit that held in it. */
  public void note(StreamInterval streams, double seats, long nowNanos) {
    if (streams.laterTokens() == 0 || streams.streamNanos() == 0 || streams.nanos() == 0) {
      return;
    }
    Point now =
        new Point(
            nowNanos,
            (double) streams.streamNanos() / streams.nanos(),
            streams.streamNanos() / 1e9 / streams.laterTokens());
    lately.addLast(now);
    while (nowNanos - lately.getFirst().nanos() > REGRESSION_NANOS) {
      lately.removeFirst();
    }
    if (aloneSeconds.isPresent()) {
      reconsider(nowNanos);
    } else {
      alone(now, seats).ifPresent(seconds -> believe(seconds, nowNanos));
    }
  }

  private void believe(double seconds, long nowNanos) {
    aloneSeconds = OptionalDouble.of(seconds);
    believedUntilNanos = nowNanos + BELIEVED_NANOS;
    slowest = null;
  }

  private void reconsider(long nowNanos) {
    OptionalDouble seen = intercept();
    boolean faster = seen.isPresent() && seen.getAsDouble() < BACK_IN_REACH * askedSeconds;
    if (faster || nowNanos - believedUntilNanos >= 0) {
      aloneSeconds = OptionalDouble.empty();
    }
  }

  /** The time of a lone stream, if a decrease has shown it to be out of reach. */
  private OptionalDouble alone(Point now, double seats) {
    if (now.seconds() <= askedSeconds) {
      slowest = null;
      return OptionalDouble.empty();
    }
    if (slowest == null || now.seconds() > slowest.seconds()) {
      slowest = now;
    }
    boolean drained = now.streams() <= NEAR_MINIMUM * seats + 1;
    if (seats <= NEAR_MINIMUM * minSeats && drained) {
      return OptionalDouble.of(now.seconds());
    }
    if (now.streams() > COME_DOWN * slowest.streams()) {
      return OptionalDouble.empty();
    }
    double slope = (slowest.seconds() - now.seconds()) / (slowest.streams() - now.streams());
    double alone = now.seconds() - now.streams() * slope;
    return alone > OUT_OF_REACH * askedSeconds ? OptionalDouble.of(alone) : OptionalDouble.empty();
  }

  /** Where the line through the last two minutes' windows meets no streams at all. */
  private OptionalDouble intercept() {
    int n = lately.size();
    double meanStreams = lately.stream().mapToDouble(Point::streams).average().orElse(0);
    double meanSeconds = lately.stream().mapToDouble(Point::seconds).average().orElse(0);
    double spread = 0;
    double together = 0;
    for (Point each : lately) {
      double off = each.streams() - meanStreams;
      spread += off * off;
      together += off * (each.seconds() - meanSeconds);
    }
    boolean apart = Math.sqrt(spread / Math.max(1, n)) >= LEAST_SPREAD * meanStreams;
    if (n < LEAST_POINTS || !apart) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(meanSeconds - together / spread * meanStreams);
  }
}
