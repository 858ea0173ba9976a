package io.tidegate.engine.limit;

import io.tidegate.engine.limit.LimitStep.Move;
import io.tidegate.engine.limit.signs.FirstTokenBase;
import io.tidegate.engine.limit.signs.Pace;
import io.tidegate.engine.limit.signs.Reach;
import io.tidegate.engine.limit.signs.Sample;
import io.tidegate.engine.limit.signs.Signs;
import io.tidegate.engine.telemetry.stream.FirstToken;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds the limit by itself, from two signs of an overloaded upstream: first tokens that come later
 * than ordinary, because requests stand in its own queue, and output tokens that come slower than
 * the objective, because too many streams share it. Which of the two shows first depends on what
 * the upstream is bound by; with either alone the other kind is flooded.
 *
 * <p>It lowers the limit by a few hundredths while a sign lasts, and raises it while the service is
 * full and both are well; near the limit at which first tokens were last late it grows slowly, so
 * that it stays just under the knee. It begins with {@link StartPhase}, corrects its own idea of an
 * ordinary first token ({@link FirstTokenBase}) and of what can be asked for ({@link Reach}).
 *
 * <p><b>Source:</b> found by simulation for this project; docs/limit.md explains it. The shape,
 * increase while full and decrease on delay, is that of TCP's congestion control and of Netflix's
 * concurrency-limits, whose own rules take a healthy batching server for a queueing one.
 */
final class AdaptiveLimit implements LimitPolicy {
  // Later than this is a queue and not chance, over the median of a second's first tokens.
  private static final double BUDGET_SECONDS = .10;
  private static final double SMALL_BUDGET_SECONDS = .25;
  // A time per token over its aim weighs four times: objectives are missed by a few hundredths.
  private static final double TOKEN_TIME_WEIGHT = 4;
  private static final double CUT_PER_OVER = .05;
  // Less, and a queue that grows faster than the limit falls is never worked off.
  private static final double LEAST_CUT = .02;
  private static final double MOST_CUT = .10;
  // Streams under way cannot be cut, so a limit lowered again before they end would fall too far.
  private static final double DRAINED = 1.02;
  private static final double FULL = .9;
  // A cost above one seat, or the reserve, refuses people well under the limit.
  private static final double FULL_WHEN_REFUSING = .65;
  private static final double GROWTH = .10;
  // Near the last warning: a thousandth a window at first, faster the longer nothing happens.
  private static final double NEAR_WARNING = .95;
  private static final double SLOW_GROWTH = .001;
  private static final double SLOW_GROWTH_FACTOR_PER_SECOND = 1.15;
  // So far under what was lately carried, lateness has other causes than load.
  private static final double FAR_BELOW = .25;
  static final long STATE_HOLDS_MILLIS = TimeUnit.HOURS.toMillis(1);
  // A model is replaced every few months; what an older run learned may be another model's.
  private static final long BASE_HOLDS_MILLIS = TimeUnit.DAYS.toMillis(30);

  private final LimitSettings.Adaptive settings;
  private final FirstTokenBase base;
  private final Reach reach;
  private final Pace pace = new Pace();
  private final HighestLately highest = new HighestLately();
  private final HighestLately tokenTimeCuts = new HighestLately();
  private double seats;
  private Phase phase;
  private double warnedAtSeats = Double.POSITIVE_INFINITY;
  private double slowGrowth = SLOW_GROWTH;

  AdaptiveLimit(LimitSettings.Adaptive settings, Optional<LimitState> known, long nowEpochMillis) {
    this.settings = settings;
    long age = known.map(state -> nowEpochMillis - state.savedAtEpochMillis()).orElse(0L);
    Optional<LimitState> held = known.filter(state -> age < STATE_HOLDS_MILLIS);
    this.phase = held.isEmpty() ? Phase.SEARCHING : Phase.RUNNING;
    this.seats =
        clamp(
            held.map(LimitState::seats)
                .orElse((double) settings.startSeats().orElse(settings.maxSeats())));
    this.base =
        new FirstTokenBase(
            known
                .filter(state -> age < BASE_HOLDS_MILLIS)
                .map(LimitState::baseSeconds)
                .orElse(Map.of()));
    double objectiveSeconds = settings.objective().timePerOutputToken().toNanos() / 1e9;
    this.reach = new Reach(objectiveSeconds, settings.minSeats());
  }

  @Override
  public OptionalInt seats() {
    return OptionalInt.of((int) seats);
  }

  @Override
  public Optional<LimitState> state(long nowEpochMillis) {
    // A limit that is still being searched for is no better than the settings'.
    long savedAt = phase == Phase.SEARCHING ? nowEpochMillis - STATE_HOLDS_MILLIS : nowEpochMillis;
    return Optional.of(new LimitState(seats, savedAt, base.seconds()));
  }

  @Override
  public LimitStep step(Sample sample, long nowNanos) {
    long firstTokens = sample.streams().firstTokens().stream().mapToLong(FirstToken::count).sum();
    pace.note(firstTokens, sample.seconds());
    highest.note(seats, nowNanos);
    Signs signs = Signs.of(sample, base, reach.objectiveSeconds());
    boolean failing = sample.errors() > sample.successes();
    Change change;
    if (failing) {
      change = new Change(Move.HELD, seats, "held: more requests fail than succeed");
    } else if (signs.none()) {
      change = new Change(Move.HELD, seats, "held: no streams to judge by");
    } else {
      change =
          switch (phase) {
            case SEARCHING -> search(signs, sample);
            case SETTLING -> settle(signs, sample, nowNanos);
            case RUNNING -> steer(signs, sample, nowNanos);
          };
    }
    if (!failing) {
      base.learn(sample.streams().firstTokens(), farBelow(sample, nowNanos), sample.seconds());
      reach.note(sample.streams(), seats, nowNanos);
    }
    apply(change, nowNanos);
    return new LimitStep(
        seats(), OptionalInt.empty(), change.move(), change.reason(), alarms(sample, nowNanos));
  }

  /** How far the limit has come since the start. */
  private enum Phase {
    /** Nothing is known yet. */
    SEARCHING,
    /** The limit was found, and what the search admitted too much drains. */
    SETTLING,
    RUNNING
  }

  /** What a window is to do to the limit. */
  private record Change(Move move, double seats, String reason) {}

  private Change search(Signs signs, Sample sample) {
    OptionalDouble found = StartPhase.found(signs, sample);
    if (found.isPresent()) {
      return new Change(Move.FOUND, found.getAsDouble(), "found at the start: " + told(signs));
    }
    if (full(sample) && seats < settings.maxSeats()) {
      return new Change(Move.RAISED, StartPhase.GROWTH * seats, "searching: full without trouble");
    }
    return new Change(Move.HELD, seats, "searching: not full, or at the upper bound");
  }

  /**
   * While what was admitted too much drains, the upstream may get to work on more of it than it did
   * when the search ended. Lateness is that of the search, and no warning.
   */
  private Change settle(Signs signs, Sample sample, long nowNanos) {
    double working = StartPhase.OF_THE_ANSWERING * sample.answeringSeats();
    if (drained(sample) || signs.slow() > 1) {
      phase = Phase.RUNNING;
      return steer(signs, sample, nowNanos);
    }
    return working > seats
        ? new Change(Move.RAISED, working, "found at the start: the upstream works on more")
        : new Change(Move.DRAINING, seats, "found at the start, streams still end");
  }

  private Change steer(Signs signs, Sample sample, long nowNanos) {
    double budget = pace.small() ? SMALL_BUDGET_SECONDS : BUDGET_SECONDS;
    double over = Math.max(signs.late() - budget, TOKEN_TIME_WEIGHT * (signs.slow() - 1));
    boolean late = signs.late() > budget;
    if (late) {
      warnedAtSeats = seats;
      slowGrowth = SLOW_GROWTH;
    } else if (over > 0) {
      tokenTimeCuts.note(1, nowNanos);
    }
    if (over > 0 && !drained(sample)) {
      return new Change(Move.DRAINING, seats, "lowered before, streams still end: " + told(signs));
    }
    if (over > 0) {
      double least = late && !pace.small() ? LEAST_CUT : 0;
      double cut = Math.min(MOST_CUT, Math.max(least, CUT_PER_OVER * over));
      return new Change(Move.LOWERED, seats * (1 - cut), told(signs));
    }
    if (!full(sample)) {
      return new Change(Move.HELD, seats, "held: not full");
    }
    double growth = GROWTH * (1 - signs.slow()) * (1 - signs.late() / budget);
    String reason = "full, and " + told(signs);
    if (seats >= NEAR_WARNING * warnedAtSeats && !pace.small()) {
      growth = Math.min(growth, slowGrowth);
      slowGrowth *= Math.pow(SLOW_GROWTH_FACTOR_PER_SECOND, sample.seconds());
      reason += "; slowly, near the last warning";
    }
    return new Change(Move.RAISED, seats * (1 + growth), reason);
  }

  private boolean drained(Sample sample) {
    return sample.inflightSeats() <= DRAINED * seats + 1;
  }

  private boolean full(Sample sample) {
    return sample.inflightSeats() >= FULL * Math.floor(seats)
        || (sample.refusedForRoom() && sample.inflightSeats() >= FULL_WHEN_REFUSING * seats);
  }

  private boolean farBelow(Sample sample, long nowNanos) {
    return seats <= settings.minSeats()
        || sample.inflightSeats() < FAR_BELOW * highest.highest(nowNanos);
  }

  private void apply(Change change, long nowNanos) {
    seats = clamp(change.seats());
    if (change.move() == Move.FOUND) {
      phase = Phase.SETTLING;
      highest.forget(); // What the search tried on its way was never carried.
    }
    highest.note(seats, nowNanos);
  }

  private Set<LimitAlarm> alarms(Sample sample, long nowNanos) {
    Set<LimitAlarm> alarms = EnumSet.noneOf(LimitAlarm.class);
    if (reach.unattainable()) {
      alarms.add(LimitAlarm.OBJECTIVE_UNATTAINABLE);
    }
    if (seats < FAR_BELOW * highest.highest(nowNanos) && tokenTimeCuts.highest(nowNanos) == 0) {
      alarms.add(LimitAlarm.LOW_ON_FIRST_TOKENS);
    }
    boolean streams = sample.streams().answering() + sample.streams().awaiting() > 0;
    if (sample.inflightSeats() > 0 && !streams && sample.streams().firstTokens().isEmpty()) {
      alarms.add(LimitAlarm.NOTHING_STREAMED);
    }
    return alarms;
  }

  private double clamp(double wanted) {
    return Math.min(settings.maxSeats(), Math.max(settings.minSeats(), wanted));
  }

  private String told(Signs signs) {
    return String.format(
        Locale.ROOT,
        "first tokens %.2f s late, time per token at %.0f %% of its aim",
        signs.late(),
        100 * signs.slow());
  }
}
