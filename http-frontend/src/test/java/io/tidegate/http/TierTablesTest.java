package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.IdentityConfig;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Other tables of tiers than the default one. */
class TierTablesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> SEVEN =
      List.of("diamond", "gold", "silver", "bronze", "team_2", "trial-x", "walk-in");

  @Test
  void letsTheBetterClassOfSevenTiersGoFirstByTheGivenOrder() {
    List<String> shedOrder = new ArrayList<>(SEVEN);
    Collections.reverse(shedOrder);
    List<String> classOrder = new ArrayList<>();
    // All who open sessions before all who continue them, and the tiers in an order of their own.
    for (String kind : List.of("-opening", "-continuing")) {
      for (String tier :
          List.of("diamond", "walk-in", "gold", "trial-x", "silver", "team_2", "bronze")) {
        classOrder.add(tier + kind);
      }
    }
    TierConfig tiers = new TierConfig(SEVEN, shedOrder, classOrder, patient(), Optional.empty());
    try (TestGate gate = start(tiers, LimitConfig.fixed(1).withReserve(0))) {
      RawClient running = stream(gate, "diamond");
      List<RawClient> waiting = new ArrayList<>();
      List<String> came = List.of("bronze", "silver", "gold", "walk-in", "team_2", "trial-x");
      for (String tier : came) {
        waiting.add(ask(gate, tier));
        await()
            .atMost(PATIENCE)
            .until(() -> gate.metric("tidegate_queue_length") == waiting.size());
      }
      List<String> order = new ArrayList<>();
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < came.size(); i++) {
        RawClient client = waiting.get(i);
        String tier = came.get(i);
        Thread reader =
            new Thread(
                () -> {
                  client.readUntil("t1\"");
                  synchronized (order) {
                    order.add(tier);
                  }
                  client.close();
                });
        reader.start();
        readers.add(reader);
      }
      running.close();
      await().atMost(PATIENCE).until(() -> readers.stream().noneMatch(Thread::isAlive));
      assertThat(order).containsExactly("walk-in", "gold", "trial-x", "silver", "team_2", "bronze");
      assertThat(gate.metric("tidegate_admitted_total")).isEqualTo(7);
      assertThat(gate.admin("/metrics").body())
          .contains("tidegate_latched{class=\"team_2-continuing\"}");
    }
  }

  @Test
  void keepsNothingFromAnybodyWithASingleTier() {
    TierConfig tiers = TierConfig.of(List.of("all"), List.of("all"), List.of());
    try (TestGate gate = start(tiers, LimitConfig.fixed(4))) {
      List<RawClient> streams = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        streams.add(stream(gate, "all"));
      }
      assertThat(gate.inflightSeats()).isEqualTo(4);
      assertThat(gate.metric("tidegate_reserve_seats")).isZero();
      try (RawClient fifth = ask(gate, "all")) {
        await().atMost(PATIENCE).until(() -> gate.metric("tidegate_queue_length", "all") == 1);
        streams.get(0).close();
        assertThat(fifth.readUntil("t1\"")).startsWith("HTTP/1.1 200 ");
      }
      streams.forEach(RawClient::close);
    }
  }

  @Test
  void capsNobodyBySurpriseWithoutTiersAndLimits() {
    try (TestGate gate =
        TestGate.start(
            UnaryOperator.identity(), config -> config.withLimit(GateConfig.defaults().limit()))) {
      List<RawClient> streams = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        String key = i % 2 == 0 ? TestGate.newKey(i) : TestGate.PLUS;
        streams.add(gate.connect().send(request(key)));
      }
      streams.forEach(client -> assertThat(client.readUntil("t1\"")).contains(" 200 "));
      assertThat(gate.inflightSeats()).isEqualTo(150);
      assertThat(gate.metric("tidegate_refused_total")).isZero();
      assertThat(gate.metric("tidegate_queue_length")).isZero();
      streams.forEach(RawClient::close);
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    }
  }

  private static Map<String, TierTerms> patient() {
    TierTerms terms = new TierTerms(TierQuotas.unlimited(), PATIENCE, PATIENCE);
    return SEVEN.stream().collect(Collectors.toMap(name -> name, name -> terms));
  }

  private static TestGate start(TierConfig tiers, LimitConfig limit) {
    return TestGate.start(
        UnaryOperator.identity(),
        config ->
            config
                .withIdentity(IdentityConfig.none())
                .withTiers(tiers)
                .withLimit(limit)
                .withIdentity(
                    IdentityConfig.of(
                        tiers.names().stream()
                            .map(tier -> ApiKeyConfig.ofKey("k-" + tier, "s-" + tier, tier))
                            .toList())));
  }

  private static RawClient stream(TestGate gate, String tier) {
    RawClient client = ask(gate, tier);
    client.readUntil("t1\"");
    return client;
  }

  private static RawClient ask(TestGate gate, String tier) {
    return gate.connect().send(request("k-" + tier));
  }

  private static String request(String key) {
    return RawClient.chatRequest(
        key, TestGate.ask(1_000, true), "x-backend-script: token-ms=100,output-tokens=300\r\n");
  }
}
