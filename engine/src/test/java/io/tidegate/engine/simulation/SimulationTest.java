package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.simulation.goals.Goal;
import io.tidegate.engine.simulation.goals.Goals;
import io.tidegate.engine.simulation.goals.Goals.Mode;
import io.tidegate.engine.simulation.result.Picture;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * The real engine in virtual time.
 *
 * <p>Shown red by hand: a queue that serves the worst class first, and a latch that never holds.
 */
class SimulationTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final Scenario FLOOD =
      Scenario.flood(UpstreamKind.TIME_BOUND, 4).lasting(200, 100);

  @Test
  void givesTheSameResultForTheSameSeedAndAnotherForAnother() {
    Result first = Simulation.run(FLOOD, engine(), 1);

    assertThat(Simulation.run(FLOOD, engine(), 1)).isEqualTo(first);
    assertThat(Simulation.run(FLOOD, engine(), 2)).isNotEqualTo(first);
  }

  @Test
  void reachesItsGoalsWithAFixedLimit() {
    assertThat(new Goals(1).of(UpstreamKind.TIME_BOUND, Mode.FIXED)).allMatch(Goal::met);
  }

  @Test
  void findsTheLimitOfAMemoryBoundUpstream() {
    List<Goal> goals = new Goals(1).search(UpstreamKind.MEMORY_BOUND);

    assertThat(goals).hasSize(6).allMatch(Goal::met);
  }

  @Test
  void putsTheBestTierFirstWhereYardsticksDoNot() {
    Result limit =
        Simulation.run(FLOOD, 1, decided -> new StaticLimit(TIERS, Capacity.FULL_KNEE, decided));
    Result queue =
        Simulation.run(FLOOD, 1, decided -> new StrictQueue(TIERS, Capacity.FULL_KNEE, decided));
    Result engine = Simulation.run(FLOOD, engine(), 1);

    assertThat(limit.bestServed()).isLessThan(.5);
    assertThat(queue.goodput()).isLessThan(engine.goodput() - .2);
    assertThat(engine.bestServed()).isEqualTo(1);
    assertThat(engine.inversions()).isZero();
    assertThat(limit.inversions()).isPositive();
  }

  @Test
  void servesTheBestTierWorseWithoutQueueAndReserve() {
    EngineSettings bare =
        EngineSettings.of(TIERS).withLimit(Capacity.FULL_KNEE, 0).withWaits(WaitSettings.none());

    Result without = Simulation.run(FLOOD, bare, 1);

    assertThat(without.bestServed()).isLessThan(Simulation.run(FLOOD, engine(), 1).bestServed());
  }

  @Test
  void drawsARun() {
    String svg = Picture.of(Simulation.run(FLOOD, engine(), 1));

    assertThat(svg).startsWith("<svg").endsWith("</svg>\n").contains("plus: requests/s let in");
    assertThat(svg.split("<polyline", -1)).hasSize(1 + 3 * 2 + 1);
  }

  private static EngineSettings engine() {
    return EngineSettings.of(TIERS)
        .withLimit(Capacity.FULL_KNEE, 0)
        .withReserve(OptionalInt.empty())
        .withWaits(WaitSettings.defaults(TIERS));
  }
}
