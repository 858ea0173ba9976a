package io.tidegate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Requests with random faults, in random pieces, through a whole gate: a parser that shares nothing
 * with it stands behind and sees only what has one reading, and reads whatever the clients get. No
 * fault is the upstream's, so nobody gets a 500 or a 502. {@code -Dfuzz.seconds=600} for longer,
 * {@code -Dseed=} to repeat.
 *
 * <p>Shown red by a guard without its framer: bare carriage returns pass, and clients get a 502.
 */
class EdgeFuzzTest {

  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final long SECONDS = Long.getLong("fuzz.seconds", 6);
  private static final int CLIENTS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
  private static final String LAST =
      "GET /v1/models HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAuthorization: Bearer "
          + TestGate.PLUS
          + "\r\n\r\n";
  private static final String[] FAULTS = {
    "\r",
    "\n",
    "\0",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "0",
    "-",
    "\u00ff",
    "\r\n",
    "\r\n\r\n",
    "\r\n ",
    "Content-Length: 1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Host: h\r\n",
    "HTTP/1.1",
    "%0d%0a"
  };

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong passed = new AtomicLong();

  @Test
  void neverPassesOnWhatHasTwoReadings() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(log);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestGate gate =
            TestGate.start(
                UnaryOperator.identity(),
                config ->
                    config
                        .withTimeouts(config.timeouts().withRequest(SHORT, SHORT))
                        .withUpstreams(
                            List.of(
                                UpstreamConfig.of(
                                    "strict",
                                    URI.create("http://127.0.0.1:" + upstream.getLocalPort())))))) {
      threads.execute(() -> accept(upstream, threads));
      AtomicBoolean over = new AtomicBoolean();
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(SEED + i);
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  while (!over.get() && wrong.isEmpty()) {
                    ask(gate, random);
                  }
                },
                threads));
      }
      CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new))
          .completeOnTimeout(null, SECONDS, TimeUnit.SECONDS)
          .join();
      over.set(true);
      clients.forEach(CompletableFuture::join);
      System.out.printf(
          "fuzz: seed %d, %d connections, %d requests passed on%n",
          SEED, requests.get(), passed.get());
      assertThat(wrong).as("seed %d", SEED).isEmpty();
      assertThat(passed.get()).isPositive();
      await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
      assertThat(gate.frontend().inflightSeats()).isZero();
    } finally {
      root.detachAppender(log);
      threads.shutdownNow();
    }
    assertThat(log.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.ERROR));
  }

  private void ask(TestGate gate, Random random) {
    requests.incrementAndGet();
    StringBuilder sent = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      sent.append(random.nextInt(4) == 0 ? request(random) : withFault(request(random), random));
    }
    String input = sent.append(LAST).toString();
    try (RawClient client = gate.connect()) {
      int cut = random.nextInt(input.length());
      if (client.isTaking(input.substring(0, cut)) && client.isTaking(input.substring(cut))) {
        judge(client.readToEnd(), input);
      }
    } catch (UncheckedIOException refused) {
      wrong.add(refused.toString());
    }
  }

  private void judge(String answer, String input) {
    try {
      for (StrictParser.Message one :
          StrictParser.all(answer.getBytes(StandardCharsets.ISO_8859_1))) {
        if (one.firstLine().matches("HTTP/1.1 50[02] .*")) {
          wrong.add(one.firstLine() + " to: " + input);
        }
      }
    } catch (IOException violation) {
      wrong.add(violation.getMessage() + " in: " + answer + " to: " + input);
    }
  }

  private void accept(ServerSocket upstream, ExecutorService threads) {
    try {
      while (true) {
        Socket connection = upstream.accept();
        threads.execute(() -> serve(connection));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      StrictParser parser = new StrictParser(connection.getInputStream());
      for (String line = parser.next().firstLine();
          !line.isEmpty();
          line = parser.next().firstLine()) {
        passed.incrementAndGet();
        if (!line.matches("[A-Z]+ /v1/[!-~]* HTTP/1\\.1")) {
          wrong.add("upstream got: " + line);
        }
        connection.getOutputStream().write(ANSWER);
      }
    } catch (StrictParser.Violation violation) {
      // A body that breaks off is cut off, and seen so.
      if (!violation.getMessage().matches("(?s)(cut short|a body is shorter).*")) {
        wrong.add("upstream got: " + violation.getMessage());
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static String request(Random random) {
    String head =
        (random.nextBoolean() ? "GET /v1/models?a=b" : "POST /v1/chat/completions")
            + " HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
            + TestGate.PLUS
            + "\r\n"
            + "X-A: b\r\n".repeat(random.nextInt(3));
    String body =
        random.nextBoolean() ? "{\"model\":\"m\"}" : "\r\n0\r\n\r\nGET /v1/x HTTP/1.1\r\n";
    return switch (random.nextInt(3)) {
      case 0 -> head + "\r\n";
      case 1 -> head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
      default ->
          head
              + "Transfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(body.length())
              + "\r\n"
              + body
              + "\r\n0\r\n\r\n";
    };
  }

  private static String withFault(String input, Random random) {
    int at = random.nextInt(input.length());
    int end = random.nextBoolean() ? at : Math.min(input.length(), at + 1 + random.nextInt(3));
    return input.substring(0, at) + FAULTS[random.nextInt(FAULTS.length)] + input.substring(end);
  }
}
