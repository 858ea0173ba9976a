package io.tidegate.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.identity.CallerNames;
import io.tidegate.http.config.identity.Network;
import io.tidegate.http.config.identity.TrustedHeadersConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A gate behind a proxy at 127.0.0.2, which says who is calling, and open to other addresses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedHeadersTest {

  private static final String PROXY = "127.0.0.2";
  private static final String STRANGER = "127.0.0.3";
  private static final String ALICE = "X-User: alice\r\nX-Plan: plus\r\n";

  private TestGate gate;

  @BeforeAll
  void start() {
    TrustedHeadersConfig trusted =
        new TrustedHeadersConfig(
            List.of(Network.parse(PROXY)),
            new CallerNames("x-user", "x-plan", "x-since"),
            Optional.empty());
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config.withIdentity(
                    config.identity().withTrustedHeaders(trusted).withAnonymous("new")));
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  private String answer(String from, String headers) {
    String body = TestGate.ask(2, false);
    try (RawClient client = RawClient.connectFrom(from, gate.port())) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n"
              + headers
              + "\r\n"
              + body);
      return client.readAnswer();
    }
  }

  @Test
  void believesTheProxy() {
    assertThat(answer(PROXY, ALICE)).contains("x-tidegate-tier: plus");
    assertThat(answer(PROXY, ALICE + "Authorization: Bearer of-the-proxy's-own\r\n"))
        .contains("x-tidegate-tier: plus");
    assertThat(answer(PROXY, ALICE + "X-Since: 2199-01-01\r\n")).contains("x-tidegate-tier: new");
  }

  /** Shown red by a gate that asks no address. */
  @Test
  void believesNobodyElse() {
    assertThat(answer(STRANGER, ALICE)).contains("x-tidegate-tier: new");
    assertThat(answer(STRANGER, ALICE + "X-Forwarded-For: " + PROXY + "\r\n"))
        .contains("x-tidegate-tier: new");
    assertThat(answer(STRANGER, ALICE + "Authorization: Bearer " + TestGate.FREE + "\r\n"))
        .contains("x-tidegate-tier: free");
  }

  @Test
  void tellsNoUpstreamWhoIsCallingWhoeverSaysIt() {
    for (String from : List.of(PROXY, STRANGER)) {
      answer(from, ALICE + "X-Since: 2020-01-01\r\nX-Other: 1\r\n");
      assertThat(gate.backendPage("/stats/last-request"))
          .contains("x-other")
          .doesNotContain("x-user", "x-plan", "x-since");
    }
  }

  @Test
  void takesNoWordThatIsSaidTwiceOrNamesNobody() {
    assertThat(answer(PROXY, ALICE + "X-User: mallory\r\n")).startsWith("HTTP/1.1 401 ");
    assertThat(answer(PROXY, ALICE + "X-Plan: free\r\n")).startsWith("HTTP/1.1 401 ");
    assertThat(answer(PROXY, "X-User: alice\r\nX-Plan: gold\r\n")).startsWith("HTTP/1.1 401 ");
    assertThat(answer(PROXY, "X-User: \r\nX-Plan: plus\r\n")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void letsWhoShowsNothingInAndNobodyWithABadKey() {
    assertThat(answer(STRANGER, "")).contains("x-tidegate-tier: new");
    assertThat(answer(PROXY, "")).contains("x-tidegate-tier: new");
    assertThat(answer(STRANGER, "Authorization: Bearer bad\r\n")).startsWith("HTTP/1.1 401 ");
    assertThat(answer(STRANGER, "Authorization: Basic YTpi\r\n")).startsWith("HTTP/1.1 401 ");
    assertThat(answer(STRANGER, "x-api-key: \r\n")).startsWith("HTTP/1.1 401 ");
  }
}
