package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.store.table.OutboxTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private record Heard(HttpHeaders headers, String body) {}

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
  private HttpServer server;
  private OpenDesk open;
  private Outbox outbox;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          heard.add(new Heard(HttpHeaders.of(exchange.getRequestHeaders(), (n, v) -> true), body));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    Webhook webhook =
        new Webhook(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"), SECRET);
    open = new OpenDesk(folder, Set.of(webhook.name()));
    outbox = new Outbox(open.desk, List.of(webhook), now::get);
  }

  @AfterEach
  void close() {
    open.close();
    server.stop(0);
  }

  private int round() {
    now.set(Math.max(now.get(), System.currentTimeMillis()));
    return outbox.round().toCompletableFuture().join();
  }

  private void join(String email) {
    open.desk.ask(new Join(new Email(email), "plus")).toCompletableFuture().join();
  }

  @Test
  void signsAsAnIndependentImplementationVerifies() throws WebhookVerificationException {
    join("a@x.org");
    assertThat(round()).isEqualTo(1);
    Heard event = heard.poll();
    com.standardwebhooks.Webhook verifier = new com.standardwebhooks.Webhook(SECRET);
    assertThatCode(() -> verifier.verify(event.body(), event.headers())).doesNotThrowAnyException();
    assertThatCode(() -> verifier.verify(event.body().replace("a@x", "b@x"), event.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    assertThat(event.body()).contains("\"type\":\"waitlist.joined\"", "a@x.org");
    assertThat(round()).isZero();
  }

  @Test
  void tellsAgainWhatWasNotTakenUnderTheSameId() {
    status.set(500);
    join("a@x.org");
    assertThat(round()).isZero();
    assertThat(round()).isZero();
    status.set(200);
    now.addAndGet(Duration.ofSeconds(6).toMillis());
    assertThat(round()).isEqualTo(1);
    assertThat(heard)
        .extracting(it -> it.headers().firstValue("webhook-id").orElseThrow())
        .hasSize(2)
        .containsOnly(heard.peek().headers().firstValue("webhook-id").orElseThrow());
  }

  @Test
  void listsAsDeadWhatNobodyTookForADay() {
    status.set(410);
    join("a@x.org");
    now.addAndGet(Duration.ofHours(25).toMillis());
    assertThat(round()).isEqualTo(1);
    List<OutboxTable.Delivery> dead =
        open.desk
            .look((connection, fingerprints) -> new OutboxTable(connection).dead("", 10))
            .toCompletableFuture()
            .join();
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).lastError()).contains("answered 410");
    assertThat(round()).isZero();
  }

  @Test
  void waitsLongerEachTimeAndGivesUpAfterADay() {
    assertThat(Backoff.next(1, 0, 0, 0)).hasValue(5_000);
    assertThat(Backoff.next(3, 0, 0, 1)).hasValue(132_000);
    assertThat(Backoff.next(99, 0, 0, 0)).hasValue(7_200_000);
    assertThat(Backoff.next(9, 0, Duration.ofDays(1).toMillis(), 0))
        .isEqualTo(OptionalLong.empty());
  }
}
