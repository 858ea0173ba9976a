package io.tidegate.http.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.upstream.RetryOn;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One upstream of three is killed under running streams, and comes back. Smaller here than in life:
 * {@code -Dstreams=1000} for the whole.
 */
class OneOfThreeKilledTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STREAMS = Integer.getInteger("streams", 200);

  /** As many as may wait for an answer that has not begun when their upstream dies. */
  private static final int UNANSWERED = 12;

  private final CountDownLatch finish = new CountDownLatch(1);
  private final Map<String, Model> models = new ConcurrentHashMap<>();
  private final List<StubUpstream> upstreams = new ArrayList<>();
  private final List<RawClient> clients = new ArrayList<>();
  private TestGate gate;

  /** One upstream's way with streams, and what it has seen. */
  private final class Model {
    private final String name;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger mostUnanswered = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile CountDownLatch mayBegin = new CountDownLatch(0);

    Model(String name) {
      this.name = name;
    }

    void answer(Socket connection, java.io.OutputStream out, String target) throws Exception {
      if (target.equals("/health")) {
        return;
      }
      mostUnanswered.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
      try {
        mayBegin.await();
      } finally {
        unanswered.decrementAndGet();
      }
      begun.incrementAndGet();
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + chunk("data: from " + name + "\n\n"))
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      finish.await();
      out.write((chunk("data: [DONE]\n\n") + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  @BeforeEach
  void start() {
    List<UpstreamConfig> configs = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Model model = new Model(name);
      models.put(name, model);
      StubUpstream upstream = StubUpstream.start(model::answer);
      upstreams.add(upstream);
      configs.add(UpstreamConfig.of(name, upstream.url()).withRetryOn(Set.of(RetryOn.DIED)));
    }
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config ->
                config
                    .withTimeouts(config.timeouts().withConnect(PATIENCE))
                    .withLimit(LimitConfig.fixed(10 * STREAMS).withReserve(0))
                    .withUpstreams(configs));
  }

  @AfterEach
  void stop() {
    finish.countDown();
    clients.forEach(RawClient::close);
    gate.close();
    upstreams.forEach(StubUpstream::close);
  }

  @Test
  void theOthersGoOnNewOnesGoElsewhereAndItReturnsWithoutAStampede() {
    Map<String, List<RawClient>> running = begin(STREAMS);
    assertThat(running.keySet()).containsExactlyInAnyOrder("a", "b", "c");

    // Some ask it, and get no answer yet.
    CountDownLatch held = new CountDownLatch(1);
    models.values().forEach(model -> model.mayBegin = held);
    List<RawClient> asking = ask(UNANSWERED);
    awaitUnanswered(UNANSWERED);
    upstreams.get(0).kill();
    models.get("b").mayBegin = new CountDownLatch(0);
    models.get("c").mayBegin = new CountDownLatch(0);
    held.countDown();

    // Nobody whose answer had not begun sees anything of it, nor do those who come now.
    asking.addAll(ask(UNANSWERED));
    for (RawClient client : asking) {
      assertThat(origin(client)).isIn("b", "c");
    }
    for (RawClient client : running.get("a")) {
      assertThat(client.readToEnd()).contains("data: {\"error\":{").doesNotContain("[DONE]");
    }
    await().atMost(PATIENCE).until(() -> healthy("a") == 0);
    awaitAllServing("b", "c");

    comesBackWithoutAStampede();

    finish.countDown();
    for (String untouched : List.of("b", "c")) {
      for (RawClient client : running.get(untouched)) {
        assertThat(client.readUntil("[DONE]")).contains("[DONE]").doesNotContain("error");
      }
    }
    assertThat(gate.metric("tidegate_refused_total")).isZero();
    await().atMost(PATIENCE).until(() -> gate.inflightSeats() == 0);
    assertThat(gate.outcomes("upstream-died")).isEqualTo(running.get("a").size());
    assertThat(gate.metric("tidegate_upstream_inflight")).isZero();
  }

  /** It has nothing to do and the others have much, so that everybody would go there. */
  private void comesBackWithoutAStampede() {
    Model back = models.get("a");
    back.mostUnanswered.set(0);
    int begunBefore = back.begun.get();
    CountDownLatch held = new CountDownLatch(1);
    back.mayBegin = held;
    upstreams.get(0).restart();
    await()
        .atMost(PATIENCE)
        .until(() -> gate.admin("/admin/v1/status").body().contains("\"state\" : \"returning\""));

    List<RawClient> first = ask(UNANSWERED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(gate.metric("tidegate_upstream_inflight", "\"a\"")).isEqualTo(1));
    back.mayBegin = new CountDownLatch(0);
    held.countDown();
    first.forEach(client -> assertThat(origin(client)).isNotEmpty());
    assertThat(back.mostUnanswered.get()).isEqualTo(1);

    List<RawClient> later = ask(3 * UNANSWERED);
    later.forEach(client -> assertThat(origin(client)).isNotEmpty());
    assertThat(back.begun.get() - begunBefore).isGreaterThan(1);
    assertThat(back.mostUnanswered.get()).isLessThanOrEqualTo(1 + back.begun.get() - begunBefore);
  }

  private Map<String, List<RawClient>> begin(int count) {
    return ask(count).stream().collect(Collectors.groupingBy(OneOfThreeKilledTest::origin));
  }

  private List<RawClient> ask(int count) {
    List<RawClient> asking = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RawClient client = gate.connect();
      client.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(5, true), ""));
      asking.add(client);
    }
    clients.addAll(asking);
    return asking;
  }

  /** The upstream that an answer comes from, as its first event says. */
  private static String origin(RawClient client) {
    String seen = client.readUntil("data: from ");
    assertThat(seen).startsWith("HTTP/1.1 200 ");
    return client.readUntil("\n").strip();
  }

  private void awaitUnanswered(int count) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                models.values().stream().mapToInt(model -> model.unanswered.get()).sum() == count);
  }

  /** A busy machine may have taken them for down at the start. */
  private void awaitAllServing(String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(names).allMatch(name -> healthy(name) == 1));
  }

  private double healthy(String name) {
    return gate.metric("tidegate_upstream_healthy", "\"" + name + "\"");
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }
}
