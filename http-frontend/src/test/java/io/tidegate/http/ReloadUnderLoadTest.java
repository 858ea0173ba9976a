package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.config.ConfigLoader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred reloads, good and bad files in turn, while clients ask without rest and streams run.
 *
 * <p>Shown red by a reload that ends the connections of the old upstreams.
 */
class ReloadUnderLoadTest {

  private static final int RELOADS = 100;
  private static final int CLIENTS = 6;
  private static final int STREAMS = 8;

  @TempDir Path folder;

  @Test
  void failsNoRequestAndCutsNoStream() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + STREAMS);
    try (TestGate gate = TestGate.start()) {
      Path file = folder.resolve("gate.yaml");
      gate.reads(() -> ConfigLoader.load(file));
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger served = new AtomicInteger();
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      List<CompletableFuture<Void>> work = new ArrayList<>();
      List<RawClient> streams = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        streams.add(stream(gate));
      }
      for (int i = 0; i < CLIENTS; i++) {
        work.add(
            CompletableFuture.runAsync(
                () -> {
                  while (!over.get()) {
                    HttpResponse<String> answer =
                        gate.chat(TestGate.PLUS, TestGate.ask(3, true), Optional.empty());
                    served.incrementAndGet();
                    if (answer.statusCode() != 200 || !answer.body().contains("[DONE]")) {
                      failures.add(answer.statusCode() + " " + answer.body());
                    }
                  }
                },
                clients));
      }
      for (int i = 0; i < RELOADS; i++) {
        boolean good = i % 2 == 0;
        int seats = good ? 60 + i : 60 + i - 1;
        Files.writeString(file, good ? yaml(gate, seats) : yaml(gate, seats) + "limits: {}\n");
        assertThat(reload(gate)).isEqualTo(good ? 200 : 422);
        assertThat(gate.admin("/admin/v1/limit").body()).contains("\"seats\":" + seats);
      }
      over.set(true);
      work.forEach(CompletableFuture::join);
      assertThat(failures).isEmpty();
      assertThat(served.get()).isGreaterThan(RELOADS / 2);
      for (RawClient running : streams) {
        assertThat(running.readToEnd()).contains("[DONE]").doesNotContain("\"error\"");
        running.close();
      }
      assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
    } finally {
      clients.shutdownNow();
    }
  }

  private static RawClient stream(TestGate gate) {
    RawClient client = gate.connect();
    client.send(
        RawClient.chatRequest(
            TestGate.PLUS,
            TestGate.ask(2_000, true),
            "x-backend-script: token-ms=20, output-tokens=300\r\nConnection: close\r\n"));
    client.readUntil("t3\"");
    return client;
  }

  /** Every good file has another upstream, too: another name for the same server. */
  private static String yaml(TestGate gate, int seats) {
    return """
        listen: {port: 0}
        admin: {port: 0}
        upstreams: [{name: sim-%d, url: "%s"}]
        limit: {seats: %d}
        identity: {api_keys: [{key: %s, subscriber: patricia, tier: plus}]}
        """
        .formatted(seats % 3, gate.backend().url(), seats, TestGate.PLUS);
  }

  private static int reload(TestGate gate) {
    return TestGate.send(
            HttpRequest.newBuilder(URI.create(gate.adminUrl() + "/admin/v1/config/reload"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build())
        .statusCode();
  }
}
