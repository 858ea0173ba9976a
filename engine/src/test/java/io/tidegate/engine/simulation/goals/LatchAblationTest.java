package io.tidegate.engine.simulation.goals;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.Unlatched;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.simulation.EngineAdmissions;
import io.tidegate.engine.simulation.EngineAdmissions.Told;
import io.tidegate.engine.simulation.Simulation;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import java.util.OptionalInt;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;

/**
 * What the latch is worth: the same flood of all tiers with and without it.
 *
 * <p>Shown red by hand: an engine that keeps its latch where it should have none.
 */
class LatchAblationTest {
  private static final Scenario FLOOD =
      Ablations.flood(UpstreamKind.MEMORY_BOUND).lasting(240, 120);

  private interface Maker {
    Engine make(EngineSettings settings, NanoClock clock, EpochClock epochClock);
  }

  @Test
  void keepsWorseClassesFromPassingAtNoCost() {
    Result latched = run(Engine::stepped);
    Result unlatched = run(Unlatched::stepped);

    assertThat(latched.inversions()).isZero();
    assertThat(unlatched.inversions()).isGreaterThan(50);
    assertThat(latched.goodput()).isGreaterThan(unlatched.goodput() - .01);
  }

  private static Result run(Maker maker) {
    EngineSettings settings =
        EngineSettings.of(FLOOD.tiers())
            .withLimit(Capacity.FULL_KNEE, 0)
            .withReserve(OptionalInt.empty())
            .withWaits(WaitSettings.defaults(FLOOD.tiers()));
    return Simulation.run(
        FLOOD,
        1,
        decided ->
            new EngineAdmissions(
                (clock, epochClock) -> maker.make(settings, clock, epochClock), Told.ALL, decided));
  }
}
