package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.RawUpstream;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A body arrives byte for byte however the upstream cuts it, however the client reads it, and
 * whatever came before on the connection.
 */
@OnEachTransport
class StreamedBytesTest {

  private static final int ANSWERS = 12;
  private static final int MAX_BODY_BYTES = 600_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private RawUpstream upstream;
  private TestGate gate;

  /** What is sent next. */
  private volatile byte[] body = {};

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start(this::serve);
    URI url = upstream.url();
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withUpstreams(List.of(UpstreamConfig.of("cutter", url))));
  }

  @AfterEach
  void stop() throws IOException {
    gate.close();
    upstream.close();
  }

  /** Shown red by a direct way that does not wait for the head, or drops a piece without room. */
  @Test
  void arriveInWholeOnOneConnection() {
    try (RawClient client = RawClient.connect(gate.port(), 8_192)) {
      for (int i = 0; i < ANSWERS; i++) {
        body = anyBytes();
        client.send(ask("HTTP/1.1", ""));
        String head = client.readUntil("\r\n\r\n");
        assertThat(head).as("seed %d", seed).startsWith("HTTP/1.1 200 ");
        assertThat(body(client, head)).as("seed %d, answer %d", seed, i).isEqualTo(body);
      }
    }
  }

  @Test
  void arriveWithoutChunksAtAClientOfTheOldProtocol() {
    body = anyBytes();
    try (RawClient client = gate.connect()) {
      client.send(ask("HTTP/1.0", ""));
      String head = client.readUntil("\r\n\r\n");
      assertThat(head).contains(" 200 ").doesNotContainIgnoringCase("chunked");
      assertThat(client.readBytes(body.length)).as("seed %d", seed).isEqualTo(body);
    }
  }

  private byte[] anyBytes() {
    byte[] bytes = new byte[random.nextInt(MAX_BODY_BYTES) + 1];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String ask(String protocol, String headers) {
    return "GET /v1/models/a "
        + protocol
        + "\r\nHost: g\r\nAuthorization: Bearer "
        + TestGate.PLUS
        + "\r\n"
        + headers
        + "\r\n";
  }

  /** What has come at once, as a short answer may, goes down with its length. */
  private byte[] body(RawClient client, String head) {
    return head.contains("Transfer-Encoding: chunked")
        ? chunks(client)
        : client.readBytes(body.length);
  }

  private static byte[] chunks(RawClient client) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int size;
    do {
      size = Integer.parseInt(client.readUntil("\r\n").strip(), 16);
      bytes.writeBytes(client.readBytes(size));
      assertThat(client.readBytes(2)).asString().isEqualTo("\r\n");
    } while (size > 0);
    return bytes.toByteArray();
  }

  /** Cuts head and chunks, and what is written at once, anywhere. */
  private void serve(Socket connection) throws IOException {
    Random cuts = new Random(seed);
    OutputStream out = connection.getOutputStream();
    byte[] request = new byte[65_536];
    while (connection.getInputStream().read(request) > 0) {
      byte[] answer = answer(body, cuts);
      for (int at = 0; at < answer.length; ) {
        int count = Math.min(answer.length - at, 1 + cuts.nextInt(1 << cuts.nextInt(17)));
        out.write(answer, at, count);
        at += count;
      }
    }
  }

  private static byte[] answer(byte[] body, Random cuts) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    text(answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + cuts.nextInt(1 << cuts.nextInt(17)));
      text(answer, Integer.toHexString(size) + "\r\n");
      answer.write(body, at, size);
      text(answer, "\r\n");
      at += size;
    }
    text(answer, "0\r\n\r\n");
    return answer.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
