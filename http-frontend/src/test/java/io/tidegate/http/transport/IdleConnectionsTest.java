package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.ListenConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Connections that do nothing. {@code -Dconnections=9000} for more of them; both ends are in this
 * process, so that each takes two of the descriptors that {@code ulimit -n} allows.
 */
@OnEachTransport
class IdleConnectionsTest {

  private static final int CONNECTIONS = Integer.getInteger("connections", 2_000);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void closesThemAllInTimeAndServesOthersMeanwhile() {
    Duration deadline = Duration.ofSeconds(3);
    try (TestGate gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withTimeouts(config.timeouts().withRequest(deadline, deadline)))) {
      List<RawClient> idle = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        RawClient client = gate.connect();
        if (i % 2 == 0) {
          client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: g");
        }
        idle.add(client);
      }
      try (RawClient other = gate.connect()) {
        String body = TestGate.ask(2, true);
        other.send(RawClient.chatRequest(TestGate.PLUS, body, "Connection: close\r\n"));
        assertThat(other.readToEnd()).contains("[DONE]");
      }
      assertThat(idle).allSatisfy(client -> assertThat(client.readToEnd()).isEmpty());
      idle.forEach(RawClient::close);
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
    }
  }

  @Test
  void closesAConnectionThatIsKeptAliveForTooLong() {
    try (TestGate gate =
            TestGate.start(
                UnaryOperator.identity(),
                config ->
                    config.withTimeouts(config.timeouts().withKeepAlive(Duration.ofMillis(500))));
        RawClient client = gate.connect()) {
      client.send(RawClient.chatRequest("nobody", "{}", ""));
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 401 ");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void closesConnectionsBeyondTheirLimitAndHasRoomAgainWhenOneLeaves() {
    ListenConfig two = ListenConfig.defaults().withPort(0).withMaxConnections(2);
    try (TestGate gate =
        TestGate.start(UnaryOperator.identity(), config -> config.withListen(two))) {
      RawClient first = gate.connect();
      RawClient second = gate.connect();
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 2);
      try (RawClient third = gate.connect()) {
        assertThat(third.readToEnd()).isEmpty();
      }
      first.close();
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 1);
      try (RawClient fourth = gate.connect()) {
        fourth.send(RawClient.chatRequest("nobody", "{}", ""));
        assertThat(fourth.readAnswer()).startsWith("HTTP/1.1 401 ");
      }
      second.close();
    }
  }

  @Test
  void closesConnectionsOfOneAddressBeyondTheirLimitAndTakesThoseOfOthers() {
    ListenConfig oneEach = ListenConfig.defaults().withPort(0).withMaxConnectionsPerAddress(1);
    try (TestGate gate =
            TestGate.start(UnaryOperator.identity(), config -> config.withListen(oneEach));
        RawClient elsewhere = RawClient.connectFrom("127.0.0.2", gate.port())) {
      RawClient first = gate.connect();
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 2);
      try (RawClient second = gate.connect()) {
        assertThat(second.readToEnd()).isEmpty();
      }
      elsewhere.send(RawClient.chatRequest("nobody", "{}", ""));
      assertThat(elsewhere.readAnswer()).startsWith("HTTP/1.1 401 ");
      first.close();
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 1);
      try (RawClient third = gate.connect()) {
        third.send(RawClient.chatRequest("nobody", "{}", ""));
        assertThat(third.readAnswer()).startsWith("HTTP/1.1 401 ");
      }
    }
  }
}
