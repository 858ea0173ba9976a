package io.tidegate.engine.control;

import io.tidegate.engine.limit.LimitPolicy;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.LimitState;
import io.tidegate.engine.limit.LimitStep;
import io.tidegate.engine.limit.signs.Sample;
import io.tidegate.engine.limit.signs.SampleWindow;
import io.tidegate.engine.reserve.Reserve;
import io.tidegate.engine.reserve.ReserveDecision;
import io.tidegate.engine.telemetry.stream.StreamSamples;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Turns the slow loops: ten times a second the reserve, once a second the limit and the surge, and
 * publishes limit and reserve when one of them has changed.
 *
 * <p><b>Threading:</b> one thread at a time ticks. {@link #snapshot}, {@link
 * #surgeSinceEpochMillis} and {@link #upstreamSeats} may be called by any.
 *
 * <p><b>Progress:</b> a tick waits for nobody but the writers of samples under way, for
 * microseconds.
 *
 * <p><b>Ordering:</b> a snapshot is immutable and handed over by a volatile write, after its limit
 * and reserve were published.
 *
 * <p><b>Source:</b> docs/limit.md explains the loops.
 */
public final class ControlLoop {
  /** How often the loop wants to be called. */
  public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  // Ticks that come a little early must not be left out.
  private static final long EARLY_NANOS = TICK_NANOS / 2;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** What takes the place of limit and reserve at the next tick. */
  private record Change(LimitSettings limit, boolean fromStart, Optional<Reserve> reserve) {}

  private LimitPolicy policy;
  private Reserve reserve;
  private final StreamSamples samples;
  private final Books books;
  private final Ceiling ceiling;
  private final Surge surge = new Surge();
  private final SampleWindow window;
  private Requests atSecond;
  private Requests atWindow;
  private long nextTickNanos;
  private long nextSecondNanos;
  private int publishedLimit;
  private int publishedReserve;
  private LimitStep lastStep;
  private volatile int upstreamSeats = NO_LIMIT;
  private final AtomicReference<Change> change = new AtomicReference<>();
  private volatile ControlSnapshot snapshot;

  /** A loop that has published the policy's first limit, and what is kept of it at first. */
  public ControlLoop(
      LimitPolicy policy,
      Reserve reserve,
      StreamSamples samples,
      Books books,
      Ceiling ceiling,
      long nowNanos) {
    this.policy = policy;
    this.reserve = reserve;
    this.samples = samples;
    this.books = books;
    this.ceiling = ceiling;
    this.window = new SampleWindow(nowNanos);
    this.atSecond = books.requests();
    this.atWindow = atSecond;
    this.nextTickNanos = nowNanos;
    this.nextSecondNanos = nowNanos + SECOND_NANOS;
    this.lastStep =
        new LimitStep(
            policy.seats(), OptionalInt.empty(), LimitStep.Move.HELD, "just begun", Set.of());
    publish(reserve.step(books.seats(), limitSeats(), nowNanos));
  }

  /** Does what is due now; nothing if it was called a moment ago. */
  public void tick(long nowNanos, long nowEpochMillis) {
    if (nowNanos - nextTickNanos < -EARLY_NANOS) {
      return;
    }
    nextTickNanos = nowNanos + TICK_NANOS;
    Change wanted = change.getAndSet(null);
    if (wanted != null) {
      apply(wanted, nowEpochMillis);
    }
    if (nowNanos - nextSecondNanos >= -EARLY_NANOS) {
      nextSecondNanos = nowNanos + SECOND_NANOS;
      second(nowNanos, nowEpochMillis);
    }
    publish(reserve.step(books.seats(), limitSeats(), nowNanos));
  }

  /**
   * Says how many seats the healthy upstreams have together; the limit is not higher from the next
   * tick on.
   *
   * @param seats at least 1; empty: any number
   */
  public void upstreamSeats(OptionalInt seats) {
    upstreamSeats = Math.max(1, seats.orElse(NO_LIMIT));
  }

  /**
   * Puts another limit in the place of this one from the next tick on; what runs goes on.
   *
   * @param fromStart whether a limit that is found begins anew where the settings say, and not
   *     where it is now
   * @param newReserve empty: the present one stays, with what it has measured
   */
  public void change(LimitSettings limit, boolean fromStart, Optional<Reserve> newReserve) {
    change.getAndUpdate(
        pending -> {
          Optional<Change> before = Optional.ofNullable(pending);
          return new Change(
              limit,
              fromStart || before.map(Change::fromStart).orElse(false),
              newReserve.or(() -> before.flatMap(Change::reserve)));
        });
  }

  /** What was decided last. */
  public ControlSnapshot snapshot() {
    return snapshot;
  }

  /** When the present surge began, as the rule for new subscribers wants it; allocates nothing. */
  public long surgeSinceEpochMillis() {
    return snapshot.surge().surgeSinceEpochMillis();
  }

  /** What is worth keeping over a restart, if anything was learned. For the thread that ticks. */
  public Optional<LimitState> state(long nowEpochMillis) {
    return policy.state(nowEpochMillis);
  }

  private void second(long nowNanos, long nowEpochMillis) {
    Requests now = books.requests();
    long inflightSeats = Math.max(0, books.inflightSeats());
    OptionalInt limit = limitSeats();
    OptionalDouble use =
        limit.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) inflightSeats / limit.getAsInt());
    surge.step(use, now.since(atSecond), nowNanos, nowEpochMillis);
    atSecond = now;
    if (window.closes(
        samples.firstTokensPending(), samples.oldestAwaitingNanos(nowNanos), nowNanos)) {
      Requests seen = now.since(atWindow);
      atWindow = now;
      lastStep =
          policy.step(
              new Sample(
                  samples.take(nowNanos),
                  inflightSeats,
                  seen.refusedForRoom() > 0,
                  seen.succeeded(),
                  seen.failed()),
              nowNanos);
    }
  }

  private void apply(Change wanted, long nowEpochMillis) {
    Optional<LimitState> known = policy.state(nowEpochMillis);
    if (wanted.fromStart()) {
      known = known.map(state -> state.outdated(nowEpochMillis));
    }
    policy = LimitPolicy.of(wanted.limit(), known, nowEpochMillis);
    wanted.reserve().ifPresent(other -> reserve = other);
    lastStep =
        new LimitStep(
            policy.seats(), OptionalInt.empty(), LimitStep.Move.HELD, "just changed", Set.of());
  }

  private OptionalInt limitSeats() {
    int limit = Math.min(policy.seats().orElse(NO_LIMIT), upstreamSeats);
    return limit == NO_LIMIT ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  private void publish(ReserveDecision kept) {
    OptionalInt limit = limitSeats();
    int limitSeats = limit.orElse(NO_LIMIT);
    if (limitSeats != publishedLimit || kept.seats() != publishedReserve) {
      publishedLimit = limitSeats;
      publishedReserve = kept.seats();
      ceiling.publish(limitSeats, kept.seats());
    }
    snapshot = new ControlSnapshot(limit, lastStep, kept, surge.state());
  }
}
