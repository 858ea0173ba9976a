package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client may leave at any moment. The upstream then sees its connection close and the seat is
 * free. Shown red by a {@code ConnectionGuard} that does not read ahead: a client that leaves while
 * a request waits is then not seen, and the tests of waiting time out.
 */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientLeavesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** {@code -Daborts=100000} for a long look, as at threads, file handles and the heap. */
  private static final int ABORTS = Integer.getInteger("aborts", 2_000);

  private TestGate gate;
  private long abortedBefore;
  private double goneBefore;

  @BeforeAll
  void start() {
    gate = TestGate.start();
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @BeforeEach
  void remember() {
    abortedBefore = gate.backend().stats().aborted();
    goneBefore = gate.outcomes("client-gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: close\r\n"})
  void closesTheUpstreamWhenTheClientLeavesBeforeTheFirstByte(String headers) {
    RawClient client = ask(headers + "x-backend-script: first-token-ms=60000\r\n", true);
    awaitWorkAtBackend();
    client.close();
    awaitNothingLeft(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: close\r\n"})
  void closesTheUpstreamWhenTheClientLeavesInTheMiddle(String headers) {
    RawClient client = ask(headers + "x-backend-script: token-ms=50\r\n", true);
    client.readUntil("t3\"");
    client.close();
    awaitNothingLeft(1);
  }

  @Test
  void closesTheUpstreamWhenTheClientVanishesInTheMiddle() {
    RawClient client = ask("x-backend-script: token-ms=50\r\n", true);
    client.readUntil("t3\"");
    client.reset();
    awaitNothingLeft(1);
  }

  @Test
  void closesTheUpstreamWhenTheClientLeavesACallThatIsNotStreamed() {
    RawClient client = ask("x-backend-script: token-ms=50\r\n", false);
    awaitWorkAtBackend();
    client.close();
    awaitNothingLeft(1);
  }

  @Test
  void closesTheUpstreamWhenTheClientLeavesWhileItHangs() {
    RawClient client = ask("x-backend-script: hang\r\n", true);
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 1);
    client.close();
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    assertThat(gate.outcomes("client-gone") - goneBefore).isEqualTo(1);
    awaitNoUpstreamRequests();
  }

  @Test
  void closesTheUpstreamWhenTheClientLeavesInTheMiddleOfAForm() {
    RawClient client =
        gate.connect()
            .send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
                    + TestGate.PLUS
                    + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b");
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 1);
    client.close();
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    awaitNoUpstreamRequests();
  }

  /** A body that has to be looked into holds no seat while it is on its way. */
  @Test
  void holdsNothingForAClientThatLeavesInTheMiddleOfItsBody() {
    double admitted = gate.metric("tidegate_admitted_total");
    RawClient client =
        gate.connect()
            .send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer "
                    + TestGate.PLUS
                    + "\r\nContent-Length: 1000\r\n\r\n{\"model\"");
    await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 1);
    client.close();
    await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
    assertThat(gate.metric("tidegate_admitted_total")).isEqualTo(admitted);
    assertThat(gate.inflightSeats()).isZero();
  }

  @Test
  void leaksNothingInThousandsOfAborts() {
    for (int i = 0; i < ABORTS; i++) {
      boolean quick = i % 2 == 0;
      RawClient client =
          ask(quick ? "" : "x-backend-script: first-token-ms=60000\r\n", i % 10 != 7);
      if (i % 4 == 0) {
        client.readUntil("t1\"");
      }
      if (i % 3 == 0) {
        client.reset();
      } else {
        client.close();
      }
      if (i % 20 == 19) {
        awaitNoUpstreamRequests(); // so that no request is refused for want of room
      }
    }
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    awaitNoUpstreamRequests();
    double offered = gate.metric("tidegate_offered_total");
    assertThat(offered)
        .isEqualTo(gate.metric("tidegate_admitted_total") + gate.metric("tidegate_refused_total"));
    assertThat(gate.metric("tidegate_admitted_total"))
        .isEqualTo(gate.metric("tidegate_completed_total"));
    assertThat(gate.backend().stats().running()).isZero();
    assertThat(gate.backend().stats().waiting()).isZero();
  }

  private RawClient ask(String headers, boolean stream) {
    return gate.connect()
        .send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(1000, stream), headers));
  }

  private void awaitWorkAtBackend() {
    await()
        .atMost(PATIENCE)
        .until(() -> gate.backend().stats().running() + gate.backend().stats().waiting() > 0);
  }

  private void awaitNothingLeft(int aborted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(gate.inflightSeats()).isZero();
              assertThat(gate.backend().stats().aborted() - abortedBefore).isEqualTo(aborted);
              assertThat(gate.outcomes("client-gone") - goneBefore).isEqualTo(aborted);
            });
    awaitNoUpstreamRequests();
  }

  private void awaitNoUpstreamRequests() {
    await().atMost(PATIENCE).until(() -> gate.metric("tidegate_upstream_inflight") == 0);
  }
}
