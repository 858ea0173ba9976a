package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A client that reads slower than the upstream writes. What it has not taken stays at the upstream:
 * shown by the backend, whose stream stands still. Shown red by a buffer of any size between {@code
 * AnswerBody} and the upstream that swallows the answer.
 */
@OnEachTransport
class SlowReaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int READERS = 8;
  private static final int TOKENS = 10_000;
  private static final int TOKEN_BYTES = 4_096;
  private static final String SCRIPT =
      "x-backend-script: token-ms=0,token-bytes=%d,output-tokens=%d\r\nConnection: close\r\n"
          .formatted(TOKEN_BYTES, TOKENS);
  private static final Pattern NUMBER = Pattern.compile("\" t(\\d+)\\.*\"");

  @Test
  void slowsTheUpstreamDownAndLosesNothing() {
    try (TestGate gate = TestGate.start();
        RawClient slow = open(gate)) {
      String begun = slow.readUntil("\" t1.");
      long tokens = awaitStandstill(gate);
      assertThat(tokens).as("of 40 MB, what sockets and one buffer hold").isLessThan(TOKENS / 2);

      String answer = begun + slow.readToEnd();
      String body = body(answer.substring(answer.indexOf("\r\n\r\n") + 4));
      Matcher numbers = NUMBER.matcher(body);
      int expected = 1;
      while (numbers.find()) {
        assertThat(Integer.parseInt(numbers.group(1))).isEqualTo(expected);
        expected++;
      }
      assertThat(expected).isEqualTo(TOKENS + 1);
      assertThat(body).contains("data: [DONE]");
    }
  }

  /** What the chunks carry; one may end anywhere within an event. */
  private static String body(String chunks) {
    StringBuilder body = new StringBuilder();
    for (int at = 0; at < chunks.length(); ) {
      int lineEnd = chunks.indexOf("\r\n", at);
      int size = Integer.parseInt(chunks.substring(at, lineEnd), 16);
      body.append(chunks, lineEnd + 2, lineEnd + 2 + size);
      at = lineEnd + size + 4;
    }
    return body.toString();
  }

  @Test
  void holdsUpNobodyElse() {
    try (TestGate gate = TestGate.start()) {
      List<RawClient> slow = openMany(gate);
      awaitStandstill(gate);
      for (int i = 0; i < 20; i++) {
        Optional<String> fifty = Optional.of("output-tokens=50");
        assertThat(gate.chat(TestGate.PLUS, TestGate.ask(50, true), fifty).body())
            .contains("\" t50\"")
            .contains("[DONE]");
      }
      assertThat(gate.inflightSeats()).isEqualTo(slow.size());
      slow.forEach(RawClient::close);
    }
  }

  /**
   * The socket is gone as well as the seat: shown red by a guard that closes in good order, which
   * Pekko puts off until the client has taken what is left.
   */
  @Test
  void resetsAClientThatReadsNothingAtAll() {
    try (TestGate gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withTimeouts(config.timeouts().withSend(Duration.ofSeconds(1))))) {
      List<RawClient> stuck = openMany(gate);
      await().atMost(PATIENCE).until(() -> gate.outcomes("client-gone") == stuck.size());
      assertThat(gate.inflightSeats()).isZero();
      await().atMost(PATIENCE).until(() -> gate.backend().stats().running() == 0);
      await().atMost(PATIENCE).until(() -> stuck.stream().noneMatch(one -> one.isTaking("x")));
      assertThat(gate.frontend().connections()).isZero();
    }
  }

  /**
   * Reads 40 KB a second for three times as long as a client may owe making room. Shown red by send
   * buffers as large as the kernel likes them: it then takes seconds until there is room again.
   */
  @Test
  void keepsAClientThatReadsSlowlyButSteadily() {
    Duration owed = Duration.ofSeconds(2);
    try (TestGate gate =
            TestGate.start(
                UnaryOperator.identity(),
                config -> config.withTimeouts(config.timeouts().withSend(owed)));
        RawClient slow = open(gate)) {
      slow.readUntil("\r\n\r\n");
      int[] reads = {0};
      await()
          .pollInterval(Duration.ofMillis(100))
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(slow.readBytes(4_096)).hasSize(4_096);
                reads[0]++;
                return reads[0] == 60;
              });
      assertThat(gate.outcomes("client-gone")).isZero();
      assertThat(gate.inflightSeats()).isEqualTo(1);
    }
  }

  private static List<RawClient> openMany(TestGate gate) {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      clients.add(open(gate));
    }
    return clients;
  }

  private static RawClient open(TestGate gate) {
    return RawClient.connect(gate.port(), 8_192)
        .send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(TOKENS, true), SCRIPT));
  }

  /** The number of tokens once it has stayed the same for ten looks. */
  private static long awaitStandstill(TestGate gate) {
    long[] last = {-1, 0};
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              long now = gate.backend().stats().tokens();
              last[1] = now == last[0] ? last[1] + 1 : 0;
              last[0] = now;
              return now > 0 && last[1] >= 10;
            });
    return last[0];
  }
}
