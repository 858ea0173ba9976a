package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Outcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The whole engine, queue and all, against a slow and plain description of what it should do
 * ({@link EngineModel}), over random histories.
 *
 * <p>Shown red by hand: {@code RequestQueue.drain} that goes on to the next class when a head may
 * not go, and {@code Gate.takeForHead} that does not look at better classes (each makes up for the
 * other); {@code Gate.takeForHead} that does not look at the latch; {@code Gate.admissible} that
 * does not look at the waiting bits, or at the latch; a cap without the reserve; {@code
 * Decisions.take} and {@code hasRoomAtSecondLook} that do not stamp; {@code Claim.refused} that
 * does not stamp a time-out, or stamps every reason; {@code QueuedRequest.leave} that does not
 * wake; {@code Claim.left} that gives nothing back to the books; {@code ClassQueue.expire} that
 * looks at nobody, and that shows no patience; lines in order of arrival alone, or by figures that
 * must not wrap; {@code Stepper} whose next tick must not wrap.
 */
class EngineSequencesTest {
  private static final Outcome[] OUTCOMES = Outcome.values();
  // Close to the edges of a millisecond, a tick, the latch and the longest waits, and in between.
  private static final long[] SPANS_MICROS = {
    1,
    999,
    1_000,
    50_000,
    50_000,
    100_000,
    400_000,
    999_999,
    1_000_000,
    1_001_000,
    1_500_000,
    2_000_000,
    5_000_000,
    30_000_000
  };

  private sealed interface Step {
    record Ask(int tier, int subscriber, boolean opens, int seats) implements Step {}

    record End(int which, Outcome outcome) implements Step {}

    record Leave(int which) implements Step {}

    record Pass(long micros) implements Step {}

    record TurnWallClock(long millis) implements Step {}

    record Limit(int seats) implements Step {}
  }

  @Test
  void decidesAsDescribedAndBalancesItsBooks() {
    Sequences.of(400, 150).check(EngineSequencesTest::step, EngineSequencesTest::replay);
  }

  private static Step step(Random random) {
    int kind = random.nextInt(20);
    if (kind < 9) {
      int seats = random.nextInt(4) == 0 ? 1 + random.nextInt(EngineModel.LIMIT + 2) : 1;
      return new Step.Ask(
          random.nextInt(EngineModel.TIERS.tiers().size()),
          random.nextInt(EngineModel.SUBSCRIBERS),
          random.nextBoolean(),
          seats);
    }
    if (kind < 13) {
      return new Step.End(random.nextInt(6), OUTCOMES[random.nextInt(OUTCOMES.length)]);
    }
    if (kind < 15) {
      return new Step.Leave(random.nextInt(4));
    }
    if (kind < 18) {
      return new Step.Pass(SPANS_MICROS[random.nextInt(SPANS_MICROS.length)]);
    }
    return kind == 18
        ? new Step.Limit(1 + random.nextInt(EngineModel.LIMIT))
        : new Step.TurnWallClock(random.nextLong() >> 20);
  }

  private static void replay(List<Step> steps) {
    EngineModel model = new EngineModel();
    for (Step step : steps) {
      if (step instanceof Step.Ask ask) {
        model.ask(ask.tier(), ask.subscriber(), ask.opens(), ask.seats());
      } else if (step instanceof Step.End end) {
        model.end(end.which(), end.outcome());
      } else if (step instanceof Step.Leave leave) {
        model.leave(leave.which());
      } else if (step instanceof Step.Pass pass) {
        model.pass(pass.micros());
      } else if (step instanceof Step.TurnWallClock turn) {
        model.epochMillis = turn.millis();
      } else if (step instanceof Step.Limit limit) {
        model.limit(limit.seats());
      }
      model.assertNobodyWaitsInVain();
    }
    model.assertBalanced();
    model.everybodyGoes();
    assertThat(model.engine.inflightSeats()).isZero();
    assertThat(model.engine.anybodyWaiting()).isFalse();
    model.assertBalanced();
  }
}
