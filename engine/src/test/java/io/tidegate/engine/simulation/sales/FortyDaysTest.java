package io.tidegate.engine.simulation.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.simulation.sales.SalesBench.Way;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The gate's worth over forty days.
 *
 * <p>Shown red by hand: a ledger that gives away 1.2 of what the capacity carries, and not .95 (134
 * hours over the limit).
 */
class FortyDaysTest {
  private static final int SEEDS = 10;
  private static final Story STORY = Story.ofFortyDays();

  @Test
  void keepsWithinFourHoursOverTheLimitAndThreePausesInEverySeed() {
    List<SalesResult> runs = SalesBench.runs(STORY, Way.LEDGER, SEEDS);

    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.hoursOver()).isLessThanOrEqualTo(4);
              assertThat(run.pauses()).isBetween(1, 3);
            });
    assertThat(SalesBench.met(runs)).isTrue();
  }

  @Test
  void isWorthMoreThanNoGateAndThanALookAtTheMomentaryLoad() {
    SalesResult none = SalesBench.run(STORY, Way.NO_GATE, 1);
    SalesResult momentary = SalesBench.run(STORY, Way.MOMENTARY_LOAD, 1);

    assertThat(none.hoursOver()).isGreaterThan(100);
    assertThat(momentary.hoursOver()).as("it protects nothing").isGreaterThan(100);
    assertThat(momentary.pauses()).as("and flaps").isGreaterThan(10);
    assertThat(SalesBench.met(List.of(none))).isFalse();
  }

  @Test
  void bringsTheSameForTheSameSeed() {
    assertThat(SalesBench.run(STORY, Way.LEDGER, 3))
        .isEqualTo(SalesBench.run(STORY, Way.LEDGER, 3));
  }

  @Test
  void losesNobodyOnTheWay() {
    SalesResult run = SalesBench.run(STORY, Way.LEDGER, 2);
    SalesResult.Hour last = run.hourly().get(run.hourly().size() - 1);

    assertThat(run.hourly()).hasSize(40 * 24);
    assertThat(last.waiting()).isEqualTo(run.waiting());
    assertThat(run.waiting()).isPositive();
  }

  @Test
  void countsAsThePoissonDistributionDoes() {
    Market market = new Market(new Random(5), 0);
    for (double mean : new double[] {0, .1, 3, 400}) {
      double sum = 0;
      for (int i = 0; i < 20_000; i++) {
        sum += market.poisson(mean);
      }
      assertThat(Math.abs(sum / 20_000 - mean)).isLessThanOrEqualTo(5 * Math.sqrt(mean / 20_000));
    }
  }

  @Test
  void drawsEveryRun() {
    Map<String, SalesResult> runs = new LinkedHashMap<>();
    runs.put("no gate", SalesBench.run(STORY, Way.NO_GATE, 1));
    runs.put("ledger", SalesBench.run(STORY, Way.LEDGER, 1));

    String svg = SalesPicture.of(runs);
    assertThat(svg).startsWith("<svg").endsWith("</svg>\n");
    assertThat(svg.split("<polyline", -1)).hasSize(2 * 3 + 1);
  }
}
