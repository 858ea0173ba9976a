package io.tidegate.engine.simulation.goals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.simulation.goals.Ablations.Engine;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import org.junit.jupiter.api.Test;

/**
 * Each part of the engine is worth its place.
 *
 * <p>Shown red by hand: each part left in where it should be taken away.
 */
class AblationsTest {
  private static final Scenario FLOOD =
      Ablations.flood(UpstreamKind.MEMORY_BOUND).lasting(240, 120);
  private static final Scenario INSIDE =
      Ablations.inside(UpstreamKind.MEMORY_BOUND).lasting(240, 120);

  @Test
  void theQueueKeepsTheSeatsInUseAndTheSharesFair() {
    assertThat(run(Engine.NO_QUEUE, FLOOD).goodput())
        .isLessThan(run(Engine.WHOLE, FLOOD).goodput() - .03);
    assertThat(run(Engine.NO_QUEUE, INSIDE).fairness())
        .isLessThan(run(Engine.WHOLE, INSIDE).fairness() - .2);
  }

  @Test
  void theReserveKeepsTheBestTiersFirstTokenEarly() {
    assertThat(run(Engine.NO_RESERVE, FLOOD).bestFirstTokenSeconds())
        .isGreaterThan(1.05 * run(Engine.WHOLE, FLOOD).bestFirstTokenSeconds());
  }

  @Test
  void continuingClassesLetBegunConversationsFinish() {
    assertThat(run(Engine.WHOLE, FLOOD).finished()).isGreaterThan(.99);
    assertThat(run(Engine.NO_CONTINUING, FLOOD).finished()).isLessThan(.7);
  }

  @Test
  void fairnessKeepsHeavySubscribersFromTakingMore() {
    assertThat(run(Engine.NO_FAIRNESS, INSIDE).fairness())
        .isLessThan(run(Engine.WHOLE, INSIDE).fairness() - .3);
  }

  private static Result run(Engine engine, Scenario scenario) {
    return engine.run(scenario, 1);
  }
}
