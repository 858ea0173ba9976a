package io.tidegate.http.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.RawUpstream;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What headers say travels as octets, both ways. Shown red by Pekko's own reading of them: {@code
 * Content-Type} is written anew, and what is no US-ASCII comes out as something else.
 */
@OnEachTransport
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbatimHeadersTest {

  /** What Latin-1 has beyond US-ASCII, UTF-8 in the clothes of Latin-1, and half a character. */
  private static final String BEYOND =
      everyOctet() + new String("Zoë €".getBytes(UTF_8), ISO_8859_1) + "\u00c3";

  private RawUpstream upstream;
  private TestGate gate;
  private volatile String answer = "";
  private volatile String asked = "";

  @BeforeAll
  void start() throws IOException {
    upstream = RawUpstream.start(this::serve);
    URI url = upstream.url();
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withUpstreams(List.of(UpstreamConfig.of("raw", url))));
  }

  @AfterAll
  void stop() throws IOException {
    gate.close();
    upstream.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Application/JSON;Charset=\"UTF-8\"",
        "text/plain; charset=iso-8859-1; format=flowed",
        "no media type, (comment)",
        "application/json; name=\u00e9"
      })
  void passesTheTypeOfABodyUp(String type) {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    ask("Content-Type: " + type + "\r\n");
    assertThat(asked).contains("\r\nContent-Type: " + type + "\r\n").doesNotContain("tidegate");
    assertThat(asked.split("(?i)content-type", -1)).hasSize(2);
  }

  @Test
  void inventsNoTypeForABodyThatTellsNone() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    ask("x-tidegate-content-type: forged\r\n");
    assertThat(asked).endsWith("{}").doesNotContainIgnoringCase("content-type");
  }

  @Test
  void passesEveryOctetOfAValueUp() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    ask("X-Name: " + BEYOND + "\r\nX-Next: 1\r\n");
    assertThat(asked).contains("\r\nX-Name: " + BEYOND + "\r\nX-Next: 1\r\n");
  }

  @Test
  void refusesTwoTypes() {
    assertThat(ask("Content-Type: a/b\r\nContent-Type: a/b\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Text/HTML;Charset=\"UTF-8\"",
        "no media type, (comment)",
        "application/json; name=\u00e9"
      })
  void passesTheTypeOfAnAnswerDown(String type) {
    answer = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: 2\r\n\r\n{}";
    String got = ask("");
    assertThat(got).contains("\r\nContent-Type: " + type + "\r\n").endsWith("{}");
    assertThat(got.split("(?i)content-type", -1)).hasSize(2);
  }

  @Test
  void passesTheTypeOfAStreamDown() {
    String type = "Text/Event-Stream;charset=utf-8";
    answer =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + type
            + "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n:\n\n\r\n0\r\n\r\n";
    assertThat(ask(""))
        .contains("\r\nContent-Type: " + type + "\r\n", "x-accel-buffering: no")
        .contains("\n:\n\n");
  }

  @Test
  void inventsNoTypeForAnAnswerThatTellsNone() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(ask("")).endsWith("{}").doesNotContainIgnoringCase("content-type");
  }

  @Test
  void passesEveryOctetOfAValueDown() {
    answer = "HTTP/1.1 200 OK\r\nX-Name: " + BEYOND + "\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(ask("")).contains("\r\nX-Name: " + BEYOND + "\r\n");
  }

  /** Each octet that a header may have, from the first beyond US-ASCII on. */
  private static String everyOctet() {
    StringBuilder octets = new StringBuilder();
    for (char octet = 0x80; octet <= 0xFF; octet++) {
      octets.append(octet);
    }
    return octets.toString();
  }

  private String ask(String headers) {
    asked = "";
    try (RawClient client = gate.connect()) {
      String request =
          "POST /v1/chat/completions HTTP/1.1\r\n"
              + "Host: g\r\n"
              + "Connection: close\r\n"
              + "Authorization: Bearer "
              + TestGate.PLUS
              + "\r\n"
              + headers
              + "Content-Length: 2\r\n\r\n{}";
      client.send(request.getBytes(ISO_8859_1));
      return client.readToEnd();
    }
  }

  private void serve(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder request = new StringBuilder();
    byte[] bytes = new byte[65_536];
    for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
      request.append(new String(bytes, 0, count, ISO_8859_1));
      if (request.toString().endsWith("\r\n\r\n{}")) {
        asked = request.toString();
        request.setLength(0);
        connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
      }
    }
  }
}
