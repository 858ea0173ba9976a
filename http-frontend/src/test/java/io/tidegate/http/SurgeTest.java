package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The main job: a flood of new subscribers, each with a key of their own, asks without pause while
 * established ones chat. {@code -Dsurge.seconds=60 -Dsurge.clients=400} for the whole of it.
 *
 * <p>Shown red by a {@code Gate} without its reserve, where established subscribers are refused
 * too, and by one whose cap is off by one: in both, new subscribers are seen to hold more than 28
 * seats.
 */
class SurgeTest {

  private static final Duration FLOOD = Duration.ofSeconds(Long.getLong("surge.seconds", 8));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NEWCOMERS = Integer.getInteger("surge.clients", 100);
  private static final int ESTABLISHED = 10;
  private static final int LIMIT = 40;
  private static final int RESERVE = 12;

  @Test
  void servesEstablishedSubscribersWhileNewOnesAreTurnedAway() {
    try (TestGate gate = TestGate.start()) {
      Crowd newcomers =
          Crowd.start(
              gate.port(),
              "new",
              IntStream.range(0, NEWCOMERS).mapToObj(TestGate::newKey).toList(),
              50);
      Crowd established =
          Crowd.start(gate.port(), "plus", Collections.nCopies(ESTABLISHED, TestGate.PLUS), 30);
      watch(gate, newcomers, established);
      newcomers.leave();
      established.leave();
      await().atMost(PATIENCE).until(() -> newcomers.hasLeft() && established.hasLeft());
      await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);

      System.out.printf(
          "surge: plus %d of %d served, new %d of %d refused, at most %d at the backend%n",
          established.served(),
          established.asked(),
          newcomers.refused(),
          newcomers.asked(),
          gate.backend().stats().maxRunning());
      assertThat(newcomers.faults()).isEmpty();
      assertThat(established.faults()).isEmpty();
      assertThat(established.refused()).isZero();
      assertThat(gate.backend().stats().maxRunning()).isLessThanOrEqualTo(LIMIT);
      assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
      assertBooks(gate, "new", newcomers);
      assertBooks(gate, "plus", established);
    }
  }

  /**
   * Looks at the seats twenty times a second, as an operator would, until the flood has lasted its
   * time and was one: a slow machine takes longer to turn so many away.
   */
  private static void watch(TestGate gate, Crowd newcomers, Crowd established) {
    long beginNanos = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(FLOOD.plus(PATIENCE))
        .until(
            () -> {
              assertThat(Stream.generate(() -> gate.admin("/metrics").body()).limit(2))
                  .as(
                      "the gauge adds up what each thread has counted, so once in a while a seat"
                          + " that changes hands meanwhile is seen twice; but not twice in a row")
                  .anyMatch(SurgeTest::seatsAreWithinBounds);
              boolean itWasAFlood =
                  newcomers.refused() > NEWCOMERS && established.served() > ESTABLISHED;
              return !newcomers.faults().isEmpty()
                  || !established.faults().isEmpty()
                  || (itWasAFlood && System.nanoTime() - beginNanos >= FLOOD.toNanos());
            });
  }

  private static boolean seatsAreWithinBounds(String page) {
    return TestGate.sum(page, "tidegate_inflight_seats") <= LIMIT
        && TestGate.sum(page, "tidegate_inflight_seats", "\"new\"") <= LIMIT - RESERVE;
  }

  /** What the clients counted is what the operator reads, and it balances. */
  private static void assertBooks(TestGate gate, String tier, Crowd crowd) {
    String label = "tier=\"" + tier + "\"";
    double served = (double) crowd.served();
    double refused = (double) crowd.refused();
    assertThat(crowd.asked()).isEqualTo(crowd.served() + crowd.refused());
    assertThat(gate.metric("tidegate_offered_total", label)).isEqualTo(served + refused);
    assertThat(gate.metric("tidegate_admitted_total", label)).isEqualTo(served);
    assertThat(gate.metric("tidegate_completed_total", label, "\"served\"")).isEqualTo(served);
    assertThat(gate.metric("tidegate_completed_total", label)).isEqualTo(served);
    assertThat(gate.metric("tidegate_refused_total", label)).isEqualTo(refused);
  }
}
