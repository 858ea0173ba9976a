package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.config.upstream.HealthConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.upstream.StubUpstream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An upstream that is known by name, while the name servers come and go. */
class NamesGoneTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicInteger lookups = new AtomicInteger();
  private volatile List<String> told = List.of();

  @Test
  void whatWasKnownServesOnAndEachAddressIsTried() throws Exception {
    try (StubUpstream upstream = StubUpstream.start(StubUpstream.answers(200, "", "{\"ok\":1}"));
        TestGate gate = gate(upstream.port())) {
      awaitHealthy(gate, 0);
      assertThat(chat(gate)).isEqualTo(503);
      assertThat(gate.admin("/admin/v1/status").body())
          .contains("the name llm.test has no address");

      // Nobody listens at the second one.
      told = List.of("127.0.0.1", "127.0.0.77");
      awaitHealthy(gate, 1);
      int asked = lookups.get();
      for (int i = 0; i < 6; i++) {
        assertThat(chat(gate)).isEqualTo(200);
      }
      told = List.of();
      for (int i = 0; i < 6; i++) {
        assertThat(chat(gate)).isEqualTo(200);
      }
      assertThat(lookups.get()).isEqualTo(asked);
    }
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    if (told.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getByName(told.get(0)), InetAddress.getByName(told.get(1)));
  }

  private TestGate gate(int port) {
    URI url = URI.create("http://llm.test:" + port);
    HealthConfig often = new HealthConfig(Optional.empty(), Duration.ofMillis(200));
    return TestGate.start(
        UnaryOperator.identity(),
        config -> config.withUpstreams(List.of(UpstreamConfig.of("u", url).withHealth(often))),
        this::lookUp);
  }

  private static int chat(TestGate gate) {
    return gate.chat(TestGate.PLUS, "{}", Optional.empty()).statusCode();
  }

  private static void awaitHealthy(TestGate gate, double healthy) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(gate.metric("tidegate_upstream_healthy", "u")).isEqualTo(healthy));
  }
}
