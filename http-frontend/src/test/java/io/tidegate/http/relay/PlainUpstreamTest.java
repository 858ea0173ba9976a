package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.OnEachTransport;
import io.tidegate.http.RawClient;
import io.tidegate.http.RawUpstream;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every form that an answer may have reaches the client with the same body, or not as an answer.
 */
@OnEachTransport
class PlainUpstreamTest {

  private static final String ASK =
      "GET /v1/models HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer " + TestGate.PLUS + "\r\n\r\n";

  private volatile String answer;
  private volatile boolean closesAfterwards;
  private RawUpstream upstream;
  private TestGate gate;

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start(this::serve);
    URI url = upstream.url();
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withUpstreams(List.of(UpstreamConfig.of("plain", url))));
  }

  @AfterEach
  void stop() throws IOException {
    gate.close();
    upstream.close();
  }

  @Test
  void passesAnAnswerWithALengthOn() {
    answer = "HTTP/1.1 200 OK\r\nX-Upstream: yes\r\nContent-Length: 5\r\n\r\nhello";
    assertThat(ask(ASK)).startsWith("HTTP/1.1 200 ").contains("X-Upstream: yes").endsWith("hello");
  }

  @Test
  void passesChunksWithTrailersOn() {
    answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n";
    assertThat(ask(ASK)).startsWith("HTTP/1.1 200 ").contains("hello");
  }

  @Test
  void passesAnAnswerOnThatEndsWithItsConnection() {
    answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello";
    closesAfterwards = true;
    assertThat(ask(ASK)).startsWith("HTTP/1.1 200 ").contains("hello").doesNotContain(" 502 ");
  }

  @Test
  void passesStatusesOnThatNobodyKnows() {
    answer = "HTTP/1.1 529 Overloaded\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(ask(ASK)).startsWith("HTTP/1.1 529 ").endsWith("{}");
  }

  @Test
  void passesOverAnInterimAnswer() {
    answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(ask(ASK)).startsWith("HTTP/1.1 200 ").endsWith("{}");
  }

  @Test
  void tellsTheLengthOfABodyThatAHeadDoesNotGet() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    assertThat(ask(ASK.replace("GET", "HEAD"))).contains("Content-Length: 5").endsWith("\r\n\r\n");
  }

  /** Else the rest would be taken for the answer to somebody else's request. */
  @Test
  void usesNoConnectionAgainThatHasSaidTooMuch() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 404 No\r\n\r\n";
    for (int i = 0; i < 3; i++) {
      assertThat(ask(ASK)).startsWith("HTTP/1.1 200 ").endsWith("{}");
    }
  }

  @Test
  void answers502ToWhatHasTwoLengths() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x";
    assertThat(ask(ASK)).startsWith("HTTP/1.1 502 ");
  }

  /** It has said all it will; nobody is to be kept sending. */
  @Test
  void passesAnAnswerOnThatComesBeforeTheBodyHas() {
    answer = "HTTP/1.1 413 Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
    String form =
        "POST /v1/audio/transcriptions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
            + TestGate.PLUS
            + "\r\nContent-Type: multipart/form-data; boundary=b\r\n";
    assertThat(ask(form + "Content-Length: 100000\r\n\r\n--b")).startsWith("HTTP/1.1 413 ");
  }

  private String ask(String request) {
    try (RawClient client = gate.connect()) {
      client.send(request.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
      return client.readToEnd();
    }
  }

  private void serve(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    OutputStream out = connection.getOutputStream();
    byte[] request = new byte[65_536];
    while (in.read(request) > 0) {
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      if (closesAfterwards) {
        return;
      }
    }
  }
}
