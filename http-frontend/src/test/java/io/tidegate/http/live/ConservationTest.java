package io.tidegate.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The books that the live feed tells of balance in every second of a restless run: clients that
 * leave in the middle, waits that time out, upstreams that stall, and reloads.
 */
@Timeout(180)
class ConservationTest {

  private static final int CLIENTS = 8;
  private static final int SECONDS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCRIPTS =
      List.of("", "x-backend-script: stall-after=2\r\n", "x-backend-script: close-after=2\r\n");

  private final long seed = Long.getLong("seed", 7);
  private final AtomicBoolean ended = new AtomicBoolean();

  @Test
  void offeredIsTheSumOfWhatBecameOfItInEverySecond() throws Exception {
    try (TestGate gate =
        TestGate.start(
            backend -> backend.withTokenMillis(5),
            config -> config.withLimit(LimitConfig.fixed(4).withReserve(0)))) {
      GateConfig begun = gate.config();
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> all = new ArrayList<>();
      for (int n = 0; n < CLIENTS; n++) {
        SplittableRandom random = new SplittableRandom(seed + n);
        all.add(clients.submit(() -> askAgainAndAgain(gate, random)));
      }
      for (int reload = 2; told(gate) < SECONDS; reload++) {
        int seats = 2 + reload % 4;
        gate.reads(() -> begun.withLimit(LimitConfig.fixed(seats).withReserve(0)));
        gate.frontend().reload("a test");
        int second = told(gate);
        await().atMost(PATIENCE).until(() -> told(gate) > second);
      }
      ended.set(true);
      for (Future<?> client : all) {
        client.get();
      }
      clients.shutdown();
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
      int last = told(gate);
      await().atMost(PATIENCE).until(() -> told(gate) > last);
      assertBalance(JSON.readTree(gate.frontend().live().recentJson()));
    }
  }

  private void askAgainAndAgain(TestGate gate, SplittableRandom random) {
    String[] keys = {TestGate.PLUS, TestGate.FREE, TestGate.NEW};
    while (!ended.get()) {
      try (RawClient client = gate.connect()) {
        String script = SCRIPTS.get(random.nextInt(SCRIPTS.size()));
        client.isTaking(
            RawClient.chatRequest(
                keys[random.nextInt(keys.length)],
                TestGate.ask(1 + random.nextInt(40), true),
                script + "connection: close\r\n"));
        switch (script.contains("stall") ? random.nextInt(2) : random.nextInt(3)) {
          case 0 -> {} // it leaves at once
          case 1 -> client.readUntil("\r\n\r\n"); // it leaves in the middle
          default -> client.readToEnd();
        }
      }
    }
  }

  /** Under load it differs by the requests that are being decided, so by one a client at most. */
  private void assertBalance(JsonNode seconds) {
    long reasons = 0;
    for (JsonNode second : seconds) {
      for (JsonNode tier : second.path("tiers")) {
        String where = "seed " + seed + ", " + tier + " at " + second.path("at");
        assertThat(Math.abs(open(tier))).as(where).isLessThanOrEqualTo(CLIENTS);
        assertThat(Math.abs(running(tier))).as(where).isLessThanOrEqualTo(CLIENTS);
        reasons = Math.max(reasons, total(tier.path("completed")));
      }
    }
    assertThat(reasons).as("it was a run with answers in it").isPositive();
    JsonNode rest = seconds.get(seconds.size() - 1);
    for (JsonNode tier : rest.path("tiers")) {
      assertThat(open(tier)).as("at rest: " + tier).isZero();
      assertThat(tier.path("admitted").asLong()).isEqualTo(total(tier.path("completed")));
      assertThat(tier.path("waiting").asLong()).isZero();
    }
  }

  private static long open(JsonNode tier) {
    return tier.path("offered").asLong()
        - tier.path("admitted").asLong()
        - total(tier.path("refused"))
        - tier.path("left_queue").asLong()
        - tier.path("waiting").asLong();
  }

  private static long running(JsonNode tier) {
    return tier.path("admitted").asLong()
        - total(tier.path("completed"))
        - tier.path("running").asLong();
  }

  private static long total(JsonNode counts) {
    return StreamSupport.stream(counts.spliterator(), false).mapToLong(JsonNode::asLong).sum();
  }

  private static int told(TestGate gate) throws Exception {
    return JSON.readTree(gate.frontend().live().recentJson()).size();
  }
}
