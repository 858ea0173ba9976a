package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.FeatureConfig;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.IdentityConfig;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sessions, quotas, features and the rule for new subscribers, as clients meet them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntitlementsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LIMIT = 20;

  private TestGate gate;

  @BeforeAll
  void start() {
    gate = TestGate.start(UnaryOperator.identity(), EntitlementsTest::configured);
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  private static GateConfig configured(GateConfig config) {
    TierConfig tiers =
        TierConfig.defaults()
            .withTerms(
                "free",
                terms(
                    new TierQuotas(
                        OptionalInt.of(3),
                        OptionalInt.of(2),
                        OptionalInt.of(4),
                        OptionalInt.of(6),
                        OptionalLong.of(10_000))));
    List<ApiKeyConfig> keys = new ArrayList<>();
    for (String name : List.of("sessions", "rates", "parallel", "tier-1", "tier-2")) {
      keys.add(ApiKeyConfig.ofKey("free-" + name, name, "free"));
    }
    keys.add(
        ApiKeyConfig.ofKey("old", "olga", "plus").since(Instant.parse("2020-01-01T00:00:00Z")));
    keys.add(ApiKeyConfig.ofKey("young", "yuri", "plus").since(Instant.now()));
    keys.add(ApiKeyConfig.ofKey(TestGate.PLUS, "patricia", "plus"));
    return config
        .withLimit(LimitConfig.fixed(LIMIT).withReserve(0))
        .withTiers(tiers)
        .withFeatures(
            List.of(
                feature("gpts", new Match.Model("g-*"), List.of("plus"), OptionalDouble.empty(), 0),
                feature("rare", new Match.Model("rare"), List.of(), OptionalDouble.empty(), 2),
                feature("narrow", new Match.Tool("narrow"), List.of(), OptionalDouble.of(.1), 0)))
        .withIdentity(IdentityConfig.of(keys));
  }

  private static TierTerms terms(TierQuotas quotas) {
    return new TierTerms(quotas, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  private static FeatureConfig feature(
      String name, Match match, List<String> tiers, OptionalDouble share, int usesPerHour) {
    Optional<Feature.Quota> quota =
        usesPerHour == 0
            ? Optional.empty()
            : Optional.of(new Feature.Quota(usesPerHour, Duration.ofHours(1)));
    return new FeatureConfig(name, match, tiers, 2, share, quota);
  }

  @Test
  void opensAndContinuesSessionsAndEndsThemWhenTold() {
    assertThat(inSession("free-sessions", "a b/c").headers().firstValue("x-tidegate-class"))
        .contains("free-opening");
    assertThat(inSession("free-sessions", "a b/c").headers().firstValue("x-tidegate-class"))
        .contains("free-continuing");
    inSession("free-sessions", "two");

    HttpResponse<String> third = inSession("free-sessions", "three");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("x-tidegate-reason")).contains("over-sessions");
    assertThat(third.headers().firstValue("x-should-retry")).contains("false");
    assertThat(third.headers().firstValueAsLong("retry-after").orElseThrow())
        .as("ten minutes of idleness, and the shard's next look")
        .isBetween(500L, 620L);

    assertThat(end("free-sessions", "a%20b%2Fc?x=1").statusCode()).isEqualTo(200);
    HttpResponse<String> again = end("free-sessions", "a%20b%2Fc");
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(again.body()).contains("\"code\":\"session_not_found\"");
    assertThat(end("nobody", "two").statusCode()).isEqualTo(401);
    assertThat(end("free-rates", "two").statusCode()).as("only one's own").isEqualTo(404);
    assertThat(inSession("free-sessions", "three").statusCode()).isEqualTo(200);
    end("free-sessions", "two");
    end("free-sessions", "three");
    await().atMost(PATIENCE).until(() -> gate.metric("tidegate_open_sessions", "free") == 0);
  }

  @Test
  void tellsWhatIsLeftOfARateAndRefusesWhenNothingIs() {
    for (int left = 5; left >= 0; left--) {
      HttpResponse<String> answer = ask("free-rates", "{}");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).contains("6");
      assertThat(answer.headers().firstValueAsLong("x-ratelimit-remaining-requests").orElseThrow())
          .as("on a slow machine one may have come back meanwhile")
          .isBetween((long) left, left + 1L);
      assertThat(answer.headers().firstValue("x-ratelimit-reset-requests").orElseThrow())
          .endsWith("s");
      assertThat(answer.headers().firstValue("x-ratelimit-limit-tokens")).contains("10000");
    }
    HttpResponse<String> refused = ask("free-rates", "{}");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("x-tidegate-reason")).contains("over-rate");
    assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow())
        .as("six a minute, so that one comes back in ten seconds")
        .isBetween(1L, 10L);
    assertThat(ask("old", "{}").headers().firstValue("x-ratelimit-limit-requests")).isEmpty();
  }

  @Test
  void refusesMoreAtOnceThanAllowed() {
    List<RawClient> streams = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      streams.add(stream("free-parallel", TestGate.ask(1_000, true)));
    }
    HttpResponse<String> refused = ask("free-parallel", "{}");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("x-tidegate-reason")).contains("over-parallel");
    streams.forEach(RawClient::close);
    await().atMost(PATIENCE).until(() -> ask("free-parallel", "{}").statusCode() == 200);
    end("free-parallel", "");
  }

  @Test
  void keepsFeaturesToTheirTiersSharesAndQuotas() {
    String gpts = TestGate.ask(1, false).replace("simulated-chat", "g-1");
    HttpResponse<String> notForFree = ask("free-tier-1", gpts);
    assertThat(notForFree.statusCode()).isEqualTo(403);
    assertThat(notForFree.headers().firstValue("x-tidegate-reason")).contains("not-in-plan");
    assertThat(notForFree.headers().firstValue("x-should-retry")).contains("false");
    assertThat(ask("old", gpts).statusCode()).isEqualTo(200);

    String rare = TestGate.ask(1, false).replace("simulated-chat", "rare");
    assertThat(ask("old", rare).statusCode()).isEqualTo(200);
    assertThat(ask("old", rare).statusCode()).isEqualTo(200);
    HttpResponse<String> usedUp = ask("old", rare);
    assertThat(usedUp.statusCode()).isEqualTo(429);
    assertThat(usedUp.headers().firstValue("x-tidegate-reason")).contains("over-feature");
    assertThat(usedUp.headers().firstValueAsLong("retry-after").orElseThrow())
        .isBetween(1_000L, 3_600L);

    String narrow =
        TestGate.ask(1_000, true).replaceFirst("[{]", "{\"tools\":[{\"type\":\"narrow\"}],");
    try (RawClient running = stream("old", narrow)) {
      assertThat(running).isNotNull();
      assertThat(gate.metric("tidegate_feature_inflight_seats", "narrow")).isEqualTo(2);
      assertThat(gate.inflightSeats()).isEqualTo(2);
      HttpResponse<String> full = ask("old", narrow.replace("true", "false"));
      assertThat(full.statusCode()).isEqualTo(503);
      assertThat(full.headers().firstValue("x-tidegate-reason")).contains("feature-full");
      assertThat(full.body()).contains("\"code\":\"feature_overloaded\"");
    }
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    assertThat(gate.metric("tidegate_feature_inflight_seats")).isZero();
  }

  @Test
  void refusesABodyThatCouldHideAFeature() {
    HttpResponse<String> answer = send("old", "{\"a\":,\"model\":\"g-1\"}", Optional.empty());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-tidegate-reason")).contains("bad-request");
  }

  @Test
  void treatsWhoeverSubscribedLatelyAsNew() {
    assertThat(ask("old", "{}").headers().firstValue("x-tidegate-tier")).contains("plus");
    assertThat(ask("young", "{}").headers().firstValue("x-tidegate-tier")).contains("new");
    assertThat(ask(TestGate.PLUS, "{}").headers().firstValue("x-tidegate-tier")).contains("plus");
  }

  @Test
  void showsQueuesSessionsAndFeaturesOnTheStatusPage() throws Exception {
    var page = new ObjectMapper().readTree(gate.admin("/admin/v1/status").body());
    assertThat(page.at("/tiers/plus/queue_length").isNumber()).isTrue();
    assertThat(page.at("/tiers/plus/open_sessions").isNumber()).isTrue();
    assertThat(page.at("/tiers/plus/left_queue").isNumber()).isTrue();
    assertThat(page.at("/feature_inflight_seats/gpts").isNumber()).isTrue();
    assertThat(page.at("/limit/reason").asText()).isNotBlank();
    assertThat(page.at("/reserve/reason").asText()).isNotBlank();
    assertThat(page.at("/surge/state").asText()).isIn("calm", "surge", "shedding");
  }

  private HttpResponse<String> ask(String key, String body) {
    return send(key, body.equals("{}") ? TestGate.ask(1, false) : body, Optional.empty());
  }

  private HttpResponse<String> inSession(String key, String name) {
    return send(key, TestGate.ask(1, false), Optional.of(name));
  }

  private HttpResponse<String> send(String key, String body, Optional<String> session) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gate.url() + "/v1/chat/completions"))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    session.ifPresent(name -> request.header("x-session-id", name));
    return TestGate.send(request.build());
  }

  private HttpResponse<String> end(String key, String session) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(gate.url() + "/tidegate/v1/sessions/" + session))
            .header("authorization", "Bearer " + key)
            .DELETE()
            .build());
  }

  private RawClient stream(String key, String body) {
    RawClient client = gate.connect();
    client.send(
        RawClient.chatRequest(key, body, "x-backend-script: token-ms=100,output-tokens=1000\r\n"));
    client.readUntil("t1\"");
    return client;
  }
}
