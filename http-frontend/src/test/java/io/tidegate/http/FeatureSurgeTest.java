package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.FeatureConfig;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.listen.BodyConfig;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A surge from inside, by a feature or by one caller, and everybody else meanwhile. */
class FeatureSurgeTest {

  private static final int LIMIT = 20;
  private static final int FEATURE_SEATS = 6;
  private static final int PARALLEL = 4;
  private static final int SURGE = 10 * LIMIT;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SLOW = "x-backend-script: token-ms=100,output-tokens=10000\r\n";

  private TestGate gate;
  private final List<RawClient> crowd = new ArrayList<>();

  @BeforeEach
  void start() {
    gate = TestGate.start(UnaryOperator.identity(), FeatureSurgeTest::configure);
  }

  @AfterEach
  void stop() {
    crowd.forEach(RawClient::close);
    gate.close();
  }

  private static GateConfig configure(GateConfig config) {
    TierQuotas quotas =
        new TierQuotas(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.of(PARALLEL),
            OptionalInt.empty(),
            OptionalLong.empty());
    return config
        .withLimit(LimitConfig.fixed(LIMIT).withReserve(0))
        .withTiers(
            TierConfig.defaults()
                .withTerms(
                    "free", new TierTerms(quotas, Duration.ofSeconds(1), Duration.ofSeconds(1))))
        .withFeatures(
            List.of(
                new FeatureConfig(
                    "gpts",
                    new Match.Model("g-*"),
                    List.of(),
                    1,
                    OptionalDouble.of(.3),
                    Optional.empty())));
  }

  /** Where a feature could hide, and where it is told to look away. */
  @Test
  void looksIntoBodiesAsFarAsItIsTold() {
    String gpts = TestGate.ask(1, false).replace("simulated-chat", "g-1");
    String cut = gpts.substring(0, gpts.length() - 1);
    assertThat(gate.chat(TestGate.PLUS, cut, Optional.empty()).statusCode()).isEqualTo(400);
    try (TestGate lenient =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                configure(config)
                    .withFeatures(List.of(onlyForFree()))
                    .withBodies(new BodyConfig(1_000, false)))) {
      String padded = gpts + " ".repeat(1_001 - gpts.length());
      assertThat(status(lenient, gpts)).as("read, and not in the plan").isEqualTo(403);
      assertThat(status(lenient, cut)).as("as far as it can be read").isEqualTo(403);
      assertThat(status(lenient, padded)).as("too long to look into").isEqualTo(200);
    }
  }

  private static int status(TestGate gate, String body) {
    return gate.chat(TestGate.PLUS, body, Optional.empty()).statusCode();
  }

  private static FeatureConfig onlyForFree() {
    return new FeatureConfig(
        "gpts",
        new Match.Model("g-*"),
        List.of("free"),
        1,
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** Sends so many streams, and tells how many were let in. */
  private long surge(UnaryOperator<String> keyOf, String model, String reason) {
    String body = TestGate.ask(10_000, true).replace("simulated-chat", model);
    for (int i = 0; i < SURGE; i++) {
      RawClient client = gate.connect();
      crowd.add(client);
      client.send(RawClient.chatRequest(keyOf.apply(Integer.toString(i)), body, SLOW));
    }
    long admitted = 0;
    for (RawClient client : crowd) {
      String head = client.readUntil("\r\n\r\n");
      if (head.startsWith("HTTP/1.1 200 ")) {
        admitted++;
      } else {
        assertThat(head).contains("x-tidegate-reason: " + reason);
      }
    }
    return admitted;
  }

  private void everyTierGoesOn() {
    for (int i = 0; i < 20; i++) {
      for (String key : List.of(TestGate.PLUS, TestGate.NEW, TestGate.newKey(399))) {
        HttpResponse<String> answer = gate.chat(key, TestGate.ask(2, false), Optional.empty());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
    }
  }

  /** Whoever is refused for want of room latches the worse classes; nobody was. */
  private void nobodyIsLatched() {
    assertThat(gate.metric("tidegate_latched")).isZero();
    for (String reason : List.of("no-room", "queue-full", "queue-timeout", "came-early")) {
      assertThat(gate.metric("tidegate_refused_total", "reason=\"" + reason + "\"")).isZero();
    }
  }

  /** Shown red by a feature without a share, which takes all seats. */
  @Test
  void aFeatureTakesNoMoreThanItsShareAndPlainChatsGoOn() {
    assertThat(surge(number -> TestGate.newKey(Integer.parseInt(number)), "g-1", "feature-full"))
        .isEqualTo(FEATURE_SEATS);
    everyTierGoesOn();
    assertThat(gate.chat(TestGate.FREE, TestGate.ask(2, false), Optional.empty()).statusCode())
        .isEqualTo(200);
    nobodyIsLatched();
    assertThat(gate.metric("tidegate_feature_inflight_seats", "gpts")).isEqualTo(FEATURE_SEATS);
    leavesNothing();
  }

  /** Shown red by a tier without a quota of parallel requests, which takes all seats. */
  @Test
  void aCallersManyCallsAreRefusedByQuotaAndOthersGoOn() {
    assertThat(surge(number -> TestGate.FREE, "simulated-chat", "over-parallel"))
        .isEqualTo(PARALLEL);
    everyTierGoesOn();
    nobodyIsLatched();
    leavesNothing();
  }

  private void leavesNothing() {
    crowd.forEach(RawClient::close);
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    assertThat(gate.metric("tidegate_feature_inflight_seats")).isZero();
  }
}
