package io.tidegate.http.upstream.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.transport.framing.VerbatimHead;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Answers of an upstream on their way to Pekko's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbatimAnswersTest {

  private static final String CHUNKED =
      """
      HTTP/1.1 100 Continue
      X-A: \u00e9

      HTTP/1.1 200 OK
      Content-Type: A/B;c="\u00fc"
      Transfer-Encoding: chunked

      5
      h\u00e9llo
      0

      """
          .replace("\n", "\r\n");

  /** The same as Pekko's client gets it; heads are UTF-8 then, bodies what they were. */
  private static final String CHUNKED_WRITTEN =
      CHUNKED
          .replace("X-A: \u00e9", "X-A: " + asUtf8("\u00e9"))
          .replace("\u00fc", asUtf8("\u00fc"))
          .replace("Content-Type", VerbatimHead.CONTENT_TYPE);

  private ActorSystem system;

  @BeforeAll
  void start() {
    system = ActorSystem.create();
  }

  @AfterAll
  void stop() {
    system.terminate();
  }

  /** Shown red by writing a head that has not come as a whole. */
  @Test
  void areWrittenTheSameWhereverTheyAreCut() {
    for (int cut = 1; cut < CHUNKED.length(); cut++) {
      assertThat(read(false, CHUNKED.substring(0, cut), CHUNKED.substring(cut)))
          .as("cut at %d", cut)
          .containsExactly(CHUNKED_WRITTEN, "end");
    }
  }

  @Test
  void passUpToTheirFirstFault() {
    String broken = CHUNKED.replace("5\r\n", "3\r\n");
    assertThat(read(false, broken))
        .containsExactly(CHUNKED_WRITTEN.split("5\r\n", 2)[0] + "3\r\nh\u00e9l", "failed");
  }

  /** Shown red by reading on: it would be taken for the answer to the next request. */
  @Test
  void areNotBelievedWhereNobodyAsked() {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(read(false, answer + answer)).containsExactly(answer, "failed");
    assertThat(read(false, answer, answer)).containsExactly(answer, "failed");
  }

  @Test
  void haveNoBodyWhereAHeadWasAskedFor() {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    assertThat(read(true, answer)).containsExactly(answer, "end");
    assertThat(read(true, answer, "{}")).containsExactly(answer, "failed");
  }

  /** All that passes, as one, and how it ends. */
  private List<String> read(boolean toHead, String... pieces) {
    VerbatimAnswers answers = new VerbatimAnswers();
    answers.expect(toHead);
    StringBuilder passed = new StringBuilder();
    List<SslTlsInbound> inbound = new ArrayList<>();
    for (String piece : pieces) {
      inbound.add(new SessionBytes(null, ByteString.fromArray(piece.getBytes(ISO_8859_1))));
    }
    String end =
        Source.from(inbound)
            .via(answers)
            .runWith(
                Sink.foreach(
                    one -> passed.append(((SessionBytes) one).bytes().decodeString(ISO_8859_1))),
                system)
            .handle((done, failure) -> failure == null ? "end" : "failed")
            .toCompletableFuture()
            .join();
    return List.of(passed.toString(), end);
  }

  private static String asUtf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
