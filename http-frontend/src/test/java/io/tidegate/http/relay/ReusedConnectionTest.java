package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An upstream that answers the first request on each connection, and ends the connection at the
 * second: then nobody can tell whether it has worked on it.
 */
@OnEachTransport
class ReusedConnectionTest {

  private static final String MODELS =
      "GET /v1/models HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer " + TestGate.PLUS + "\r\n\r\n";

  private final AtomicInteger posts = new AtomicInteger();
  private final AtomicInteger gets = new AtomicInteger();

  /** Whether the upstream ends connections by a reset, else in good order. */
  private volatile boolean resets;

  /** Whether it ends a connection right after its first answer. */
  private volatile boolean closesIdle;

  private final Semaphore closed = new Semaphore(0);

  private ServerSocket upstream;
  private TestGate gate;

  @BeforeEach
  void start() throws IOException {
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::accept, "ending-upstream");
    server.setDaemon(true);
    server.start();
    URI url = URI.create("http://127.0.0.1:" + upstream.getLocalPort());
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withUpstreams(List.of(UpstreamConfig.of("ending", url))));
  }

  @AfterEach
  void stop() throws IOException {
    gate.close();
    upstream.close();
  }

  /** Shown red by a gate that sends again whatever it still has. */
  @Test
  void asksForNoWorkTwice() {
    for (boolean reset : new boolean[] {true, false}) {
      resets = reset;
      int before = posts.get();
      assertThat(chat()).isEqualTo(200);
      assertThat(chat()).isEqualTo(502);
      assertThat(posts.get()).isEqualTo(before + 2);
    }
    assertThat(gate.outcomes("upstream-died")).isEqualTo(2);
  }

  @Test
  void readsAgainOnAFreshConnection() {
    try (RawClient client = gate.connect()) {
      assertThat(client.send(MODELS).readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(client.send(MODELS).readAnswer()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(gets.get()).isEqualTo(3);
  }

  @Test
  void makesAFreshConnectionWhereTheIdleOneHasClosed() throws InterruptedException {
    closesIdle = true;
    for (int i = 0; i < 3; i++) {
      assertThat(chat()).isEqualTo(200);
      closed.acquire();
      // Nothing tells from outside when the gate has seen that; it has nothing else to do.
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    }
    assertThat(posts.get()).isEqualTo(3);
  }

  private int chat() {
    return gate.chat(TestGate.PLUS, TestGate.ask(1, false), Optional.empty()).statusCode();
  }

  private void accept() {
    while (!upstream.isClosed()) {
      try {
        Socket connection = upstream.accept();
        Thread one = new Thread(() -> serve(connection), "ending-connection");
        one.setDaemon(true);
        one.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      if (!readRequest(in)) {
        return;
      }
      connection
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.UTF_8));
      if (!closesIdle) {
        readRequest(in);
        if (resets) {
          connection.setSoLinger(true, 0);
        }
      }
    } catch (IOException gone) {
      return;
    }
    closed.release();
  }

  /** Reads a request and counts it; false at the end of the connection. */
  private boolean readRequest(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      return false;
    }
    (line.startsWith("POST") ? posts : gets).incrementAndGet();
    int length = 0;
    for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    return true;
  }
}
