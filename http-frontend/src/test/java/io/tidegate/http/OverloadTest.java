package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.Visitors.Kind;
import io.tidegate.http.Visitors.Tally;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.IdentityConfig;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Demand of several times the capacity, of all tiers, in sessions of several turns; half of the
 * capacity is lost in the middle. {@code -Doverload.seconds=120} for the whole of it, {@code
 * -Doverload.loads=4} for one of the three loads.
 *
 * <p>Shown red by a gate in which nobody may wait: it serves 94, 84 and 70 in a hundred of the
 * established subscribers' requests.
 */
class OverloadTest {

  private static final long SECONDS = Long.getLong("overload.seconds", 15);
  private static final long SEED = Long.getLong("seed", 7);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CAPACITY_SEATS = 40;
  private static final int TOKENS = 60;
  private static final int TOKEN_MILLIS = 25;
  private static final int FIRST_TOKEN_MILLIS = 80;
  private static final double TURNS = 3;

  private static final int CARRIED = 55;

  /** So many seconds on end is no passing by. */
  private static final int STEADY = 8;

  /** Requests a second that the whole backend can answer. */
  private static final double CAPACITY_PER_SECOND =
      CAPACITY_SEATS * 1e3 / (FIRST_TOKEN_MILLIS + TOKENS * TOKEN_MILLIS);

  private static final int PARTS = 8;

  /** Established subscribers alone would fit into half of the capacity. */
  private static final double ESTABLISHED = .3;

  /** A snapshot is not taken in one moment. */
  private static final double DECISIONS_IN_PROGRESS = 10;

  static double[] loads() {
    return Stream.of(System.getProperty("overload.loads", "2,4,10").split(","))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void servesEstablishedSubscribersCutsNothingAndKeepsItsBooks(double load) {
    try (TestGate gate = start(CAPACITY_SEATS)) {
      Visitors alone = visitors(gate, SECONDS / 3, kind("plus", ESTABLISHED / 3));
      await().atMost(PATIENCE.plusSeconds(SECONDS)).until(alone::haveLeft);
      Visitors visitors =
          visitors(
              gate,
              SECONDS,
              kind("plus", ESTABLISHED),
              kind("free", (load - ESTABLISHED) / 2),
              kind("new", (load - ESTABLISHED) / 2));
      List<Long> limits = watch(gate, visitors);
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);

      System.out.printf(
          "overload %.0fx, seed %d, limit each second %s%n  p99 first token of plus in each eighth"
              + " of the time %s ms%n  idle %s%n  plus %s%n  free %s%n  new  %s%n",
          load,
          SEED,
          limits,
          lateInEachEighth(visitors.of("plus")),
          alone.of("plus"),
          visitors.of("plus"),
          visitors.of("free"),
          visitors.of("new"));
      assertThat(visitors.faults()).isEmpty();
      assertThat(visitors.of("plus").servedRatio()).isGreaterThanOrEqualTo(.98);
      assertThat(visitors.of("new").refused()).as("it was an overload").isPositive();
      assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
      assertThat(gate.metric("tidegate_queue_length")).isZero();
      for (String tier : List.of("plus", "free", "new")) {
        assertBooks(gate.admin("/metrics").body(), tier, 0);
        boolean plus = tier.equals("plus");
        assertThat(gate.metric("tidegate_offered_total", tier))
            .isEqualTo(visitors.of(tier).asked() + (plus ? alone.of(tier).asked() : 0.0));
        assertThat(gate.metric("tidegate_completed_total", tier, "\"served\""))
            .isEqualTo(visitors.of(tier).served() + (plus ? alone.of(tier).served() : 0.0));
      }
    }
  }

  /**
   * Ten times too low, and five times too high; {@code CARRIED} is what the backend carries of
   * these requests, which are shorter than its typical ones.
   */
  @ParameterizedTest
  @ValueSource(ints = {CARRIED / 10, CARRIED * 5})
  void findsTheLimitFromAFarStartWithinTwoMinutes(int startSeats) {
    try (TestGate gate = start(startSeats)) {
      Visitors visitors = visitors(gate, 240, kind("plus", ESTABLISHED), kind("free", 4));
      List<Long> limits = new ArrayList<>();
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(120))
          .until(
              () -> {
                limits.add((long) gate.metric("tidegate_limit_seats"));
                return limits.size() >= STEADY
                    && limits.subList(limits.size() - STEADY, limits.size()).stream()
                        .allMatch(limit -> limit > CARRIED / 2 && limit < CARRIED * 2);
              });
      System.out.printf("limit each second from %d: %s%n", startSeats, limits);
      visitors.leave();
      await().atMost(PATIENCE).until(visitors::haveLeft);
      assertThat(visitors.faults()).isEmpty();
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    }
  }

  private static List<Long> lateInEachEighth(Tally tally) {
    List<Long> millis = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      millis.add(tally.firstTokenMillis(.99, part * SECONDS / PARTS, (part + 1) * SECONDS / PARTS));
    }
    return millis;
  }

  private static Visitors visitors(TestGate gate, long seconds, Kind... kinds) {
    return Visitors.start(
        gate.port(),
        List.of(kinds),
        TOKENS,
        "output-tokens=" + TOKENS,
        SEED,
        TimeUnit.SECONDS.toNanos(seconds));
  }

  /**
   * Looks at the books once a second; takes half of the capacity away at half time.
   *
   * @return the limits it saw
   */
  private static List<Long> watch(TestGate gate, Visitors visitors) {
    List<Long> limits = new ArrayList<>();
    long halfNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / 2;
    boolean[] halved = {false};
    await()
        .pollInterval(Duration.ofSeconds(1))
        .atMost(PATIENCE.plusSeconds(SECONDS))
        .until(
            () -> {
              if (!halved[0] && System.nanoTime() >= halfNanos) {
                halved[0] = true;
                gate.backend().setCapacitySeats(CAPACITY_SEATS / 2);
              }
              String page = gate.admin("/metrics").body();
              limits.add((long) TestGate.sum(page, "tidegate_limit_seats"));
              for (String tier : List.of("plus", "free", "new")) {
                assertBooks(page, tier, DECISIONS_IN_PROGRESS);
              }
              return visitors.haveLeft();
            });
    return limits;
  }

  /** What was offered is what became of it; what was admitted has ended or runs. */
  private static void assertBooks(String page, String tier, double tolerance) {
    String label = "tier=\"" + tier + "\"";
    double decided =
        TestGate.sum(page, "tidegate_admitted_total", label)
            + TestGate.sum(page, "tidegate_refused_total", label)
            + TestGate.sum(page, "tidegate_left_queue_total", label)
            + TestGate.sum(page, "tidegate_queue_length", label);
    assertThat(Math.abs(TestGate.sum(page, "tidegate_offered_total", label) - decided))
        .as("offered and decided, %s", tier)
        .isLessThanOrEqualTo(tolerance);
    double running =
        TestGate.sum(page, "tidegate_admitted_total", label)
            - TestGate.sum(page, "tidegate_completed_total", label);
    assertThat(Math.abs(running - TestGate.sum(page, "tidegate_inflight_seats", label)))
        .as("admitted and completed, %s", tier)
        .isLessThanOrEqualTo(tolerance);
  }

  private static Kind kind(String tier, double load) {
    return new Kind(tier, tier + "-", 200, load * CAPACITY_PER_SECOND / TURNS, TURNS);
  }

  private static TestGate start(int startSeats) {
    return TestGate.start(
        backend ->
            backend
                .withCapacitySeats(CAPACITY_SEATS)
                .withFirstTokenMillis(FIRST_TOKEN_MILLIS)
                .withTokenMillis(TOKEN_MILLIS)
                .withOutputTokens(TOKENS)
                .withOutputSpread(0),
        config -> configured(config, startSeats));
  }

  private static GateConfig configured(GateConfig config, int startSeats) {
    List<ApiKeyConfig> keys = new ArrayList<>();
    for (String tier : config.tiers().names()) {
      for (int i = 0; i < 200; i++) {
        keys.add(ApiKeyConfig.ofKey(tier + "-" + i, tier + i, tier));
      }
    }
    return config.withLimit(LimitConfig.adaptive(startSeats)).withIdentity(IdentityConfig.of(keys));
  }
}
