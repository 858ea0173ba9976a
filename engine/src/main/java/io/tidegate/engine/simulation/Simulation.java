package io.tidegate.engine.simulation;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.simulation.EngineAdmissions.Told;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.ChatLengths;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.upstream.Fleet;
import io.tidegate.engine.simulation.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One run in virtual time: users, whoever decides, and the upstream, moved on together by ten
 * milliseconds at a time. The same scenario and seed give the same result.
 */
public final class Simulation {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int STEPS_PER_SECOND = 100;
  private static final double STEP_SECONDS = 1.0 / STEPS_PER_SECOND;

  private final Scenario scenario;
  private final Random random;
  private final Fleet<Turn> upstream;
  private final Users users;
  private final Tally tally;
  private final Admissions admissions;
  private final List<Turn> failing = new ArrayList<>();
  private long nowNanos;

  private Simulation(
      Scenario scenario,
      ChatLengths lengths,
      long seed,
      Function<Admissions.Decided, Admissions> deciding) {
    this.scenario = scenario;
    this.random = new Random(seed);
    this.upstream = new Fleet<>(scenario.capacity(), lengths, new Answers());
    this.users = new Users(scenario, lengths, upstream.capacityRequestsPerSecond(), random);
    this.tally = new Tally(scenario.tiers(), TimeUnit.SECONDS.toNanos(scenario.warmUpSeconds()));
    this.admissions = deciding.apply(new Decisions());
  }

  /** Runs a scenario with the engine in front of the upstream. */
  public static Result run(Scenario scenario, EngineSettings settings, long seed) {
    return run(scenario, settings, ChatLengths.conversation(), seed);
  }

  /** The same with prompts and answers of other lengths. */
  public static Result run(
      Scenario scenario, EngineSettings settings, ChatLengths lengths, long seed) {
    return new Simulation(
            scenario, lengths, seed, decided -> new EngineAdmissions(settings, Told.ALL, decided))
        .run();
  }

  /** The same with somebody else who decides. */
  public static Result run(
      Scenario scenario, long seed, Function<Admissions.Decided, Admissions> deciding) {
    return new Simulation(scenario, ChatLengths.conversation(), seed, deciding).run();
  }

  private Result run() {
    for (int second = 0; second < scenario.seconds(); second++) {
      Double size = scenario.capacity().sizes().get(second);
      if (size != null) {
        upstream.resize(size);
      }
      for (int step = 0; step < STEPS_PER_SECOND; step++) {
        step();
      }
      tally.second(admissions.limitSeats());
    }
    return tally.result();
  }

  private void step() {
    nowNanos += STEP_NANOS;
    for (Turn turn : users.ask(nowNanos)) {
      turn.askedNanos = nowNanos;
      tally.asked(turn, nowNanos);
      admissions.ask(turn, nowNanos);
    }
    upstream.advance(STEP_SECONDS, nowNanos);
    List<Turn> failed = List.copyOf(failing);
    failing.clear();
    failed.forEach(turn -> admissions.ended(turn, Outcome.UPSTREAM_ERROR, nowNanos));
    admissions.step(nowNanos);
    tally.step(STEP_SECONDS, upstream.capacityTokensPerSecond(), admissions, nowNanos);
  }

  /** What follows from decisions. */
  private final class Decisions implements Admissions.Decided {
    @Override
    public void admitted(Turn turn) {
      tally.admitted(turn, users.storms(turn), nowNanos);
      if (random.nextDouble() < scenario.capacity().failing()) {
        failing.add(turn);
        return;
      }
      boolean continues = turn.conversation.begun;
      turn.conversation.begun = true;
      upstream.submit(turn, turn.conversation.place(), continues);
    }

    @Override
    public void refused(Turn turn, RefusalReason reason, long retryAfterMillis) {
      tally.refused(turn, reason, nowNanos);
      boolean gone = users.refused(turn, retryAfterMillis, nowNanos);
      if (gone && turn.conversation.begun) {
        tally.closed(false, nowNanos);
      }
    }
  }

  /** What follows from the upstream's work. */
  private final class Answers implements Upstream.Listener<Turn> {
    @Override
    public void firstToken(Turn turn, long nowNanos) {
      turn.firstTokenNanos = nowNanos;
      admissions.firstToken(turn, nowNanos);
      tally.firstToken(turn, nowNanos);
    }

    @Override
    public void tokens(Turn turn, int count) {
      admissions.tokens(turn, count);
    }

    @Override
    public void ended(Turn turn, long nowNanos) {
      tally.answered(turn, nowNanos);
      if (users.answered(turn, nowNanos)) {
        tally.closed(true, nowNanos);
      }
      admissions.ended(turn, Outcome.SERVED, nowNanos);
    }
  }
}
