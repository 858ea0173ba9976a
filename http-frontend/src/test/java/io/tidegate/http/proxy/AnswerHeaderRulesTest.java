package io.tidegate.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which headers of an answer travel down, from an upstream that says exactly what is wanted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerHeaderRulesTest {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  private ServerSocket upstream;
  private TestGate gate;
  private volatile String answer = "";
  private final Semaphore begunIsRead = new Semaphore(0);

  @BeforeAll
  void start() throws IOException {
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::serve, "raw-upstream");
    server.setDaemon(true);
    server.start();
    URI url = URI.create("http://127.0.0.1:" + upstream.getLocalPort());
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

  /** Gives each connection that sends anything the answer, and closes it. */
  private void serve() {
    try {
      while (true) {
        Socket connection = upstream.accept();
        // A thread each: one that a health check has opened may send nothing for long.
        Thread server = new Thread(() -> serve(connection), "raw-upstream-connection");
        server.setDaemon(true);
        server.start();
      }
    } catch (IOException closed) {
      if (!upstream.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private void serve(Socket accepted) {
    try (Socket connection = accepted) {
      if (readRequest(new BufferedInputStream(connection.getInputStream()))) {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        if (answer.contains("chunked")) {
          begunIsRead.acquireUninterruptibly(); // or the end could overtake the beginning
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a request with its body, if there is one. A connection that is closed with something
   * unread in it is reset, and what was written last may never arrive.
   */
  private static boolean readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    return true;
  }

  @Test
  void passesTheUpstreamsOwnHeadersAndKeepsThoseOfTheHop() {
    String head =
        ask(
            """
            HTTP/1.1 201 Fine
            Content-Length: 2
            Content-Type: application/vnd.x+json
            OpenAI-Processing-Ms: 5
            x-ratelimit-remaining-tokens: 7
            Set-Cookie: a=1
            Set-Cookie: b=2
            Retry-After: 9
            Cache-Control: max-age=5
            Connection: close, X-Hop
            X-Hop: 1
            Keep-Alive: 3
            Server: secret/1

            {}""");
    assertThat(head)
        .startsWith("http/1.1 201 ")
        .contains("\r\nopenai-processing-ms: 5\r\n")
        .contains("\r\nx-ratelimit-remaining-tokens: 7\r\n")
        .contains("\r\nset-cookie: a=1\r\n", "\r\nset-cookie: b=2\r\n")
        .contains("\r\nretry-after: 9\r\n", "\r\ncache-control: max-age=5\r\n")
        .contains("\r\ncontent-type: application/vnd.x+json\r\n")
        .doesNotContain("x-hop")
        .doesNotContain("keep-alive")
        .doesNotContain("secret");
  }

  @Test
  void saysWhatIsTheGatesToSayWhateverTheUpstreamSays() {
    String head =
        ask(
            """
            HTTP/1.1 200 OK
            Content-Type: text/event-stream; charset=utf-8
            Cache-Control: max-age=5
            X-Accel-Buffering: yes
            X-Request-Id: theirs
            X-Tidegate-Tier: forged
            X-Tidegate-Anything: forged

            data: [DONE]

            """);
    assertThat(head)
        .contains("\r\ncontent-type: text/event-stream")
        .contains("\r\ncache-control: no-cache\r\n", "\r\nx-accel-buffering: no\r\n")
        .contains("\r\nx-tidegate-tier: plus\r\n", "\r\nx-request-id: req_")
        .doesNotContain("max-age")
        .doesNotContain("theirs")
        .doesNotContain("forged");
  }

  /** Shown red by an event in plain text behind what a client takes for gzip. */
  @Test
  void putsNothingBehindAStreamInACodingThatBreaksOff() {
    String broken =
        """
        HTTP/1.1 200 OK
        Content-Type: text/event-stream
        Content-Encoding: %s
        Transfer-Encoding: chunked

        6
        abcdef
        """;
    assertThat(askForAll(broken.formatted("gzip")))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("error");
    assertThat(askForAll(broken.formatted("identity"))).contains("data: {\"error\"");
  }

  private String askForAll(String upstreamsAnswer) {
    answer = upstreamsAnswer.replace("\n", "\r\n");
    try (RawClient client = gate.connect()) {
      client.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(1, true), ""));
      String begun = client.readUntil("abcdef");
      begunIsRead.release();
      return begun + client.readToEnd();
    }
  }

  /** The head of what a client gets, in lower case. */
  private String ask(String upstreamsAnswer) {
    answer = upstreamsAnswer.replace("\n", "\r\n");
    try (RawClient client = gate.connect()) {
      client.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(1, true), ""));
      return client.readUntil("\r\n\r\n").toLowerCase(Locale.ROOT);
    }
  }
}
