package io.tidegate.http.transport.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {

  static final int MAX_HEAD_BYTES = 1_024;

  private static final String GET = "GET /v1/models HTTP/1.1\r\nHost: g\r\n";
  private static final String CHUNKED = GET + "Transfer-Encoding: chunked\r\n\r\n";

  /** All pieces that come out when these go in one by one. */
  static List<String> pieces(List<String> in) {
    Framer framer = new Framer(MAX_HEAD_BYTES);
    List<String> out = new ArrayList<>();
    for (String each : in) {
      framer.add(ByteString.fromArray(each.getBytes(ISO_8859_1)));
      while (!framer.isEmpty()) {
        framer.next().ifPresent(piece -> out.add(piece.decodeString(ISO_8859_1)));
      }
    }
    return out;
  }

  private static String standIn(Refusal refusal) {
    return refusal.standIn().utf8String();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET + "\r\n",
        "GET /v1/models?a=%20&b=//:@ HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: g\r\n\r\n",
        "GET http://G:80/v1/models?x HTTP/1.1\r\nhost: g:80\r\n\r\n",
        "GET https://g HTTP/1.1\r\nHost: g\r\n\r\n",
        GET + "X-A:\r\nX-B:\t\u00fc \r\nX-C: a:b\r\n\r\n",
        GET + "Content-Length: 0\r\n\r\n",
        GET + "content-length:\t5 \r\n\r\n\r\n\r\n\n",
        GET + "Content-Length: 005\r\n\r\n12345",
        CHUNKED + "0\r\n\r\n",
        CHUNKED + "5\r\n\r\n\0\r\n\r\n00a;x=\"y\";z\r\n0123456789\r\n0;last\r\n\r\n",
        CHUNKED + "1\r\na\r\n000\r\nX-Trailer: a\r\nX-More:\r\n\r\n",
        GET + "Transfer-Encoding: CHUNKED\r\nConnection: close\r\n\r\n0\r\n\r\n",
        "BREW /v1/pot HTTP/1.1\r\nHost: g\r\n\r\n"
      })
  void passesOnWhatIsGoodAsItIsAndInOnePiece(String request) {
    assertThat(pieces(List.of(request))).containsExactly(request);
  }

  @Test
  void makesAPieceOfEachRequest() {
    String sized = GET + "Content-Length: 3\r\n\r\nabc";
    String chunked = CHUNKED + "1\r\na\r\n0\r\n\r\n";
    assertThat(pieces(List.of(GET + "\r\n" + sized + chunked + sized + GET)))
        .containsExactly(GET + "\r\n", sized, chunked, sized);
  }

  @Test
  void leavesOutAnEmptyLineBeforeARequest() {
    assertThat(pieces(List.of("\r\n" + GET + "\r\n\r", "\n" + GET + "\r\n")))
        .containsExactly(GET + "\r\n", GET + "\r\n");
  }

  @Test
  void passesTheBytesOfABodyOnAsTheyCome() {
    assertThat(pieces(List.of(GET + "Content-Length: 3\r\n\r\n", "a", "bc")))
        .containsExactly(GET + "Content-Length: 3\r\n\r\n", "a", "bc");
    assertThat(pieces(List.of(CHUNKED, "3\r\na", "bc\r", "\n1\r", "\n.\r\n")))
        .containsExactly(CHUNKED, "3\r\na", "bc", "\r\n", "1\r\n.\r\n");
  }

  @Test
  void leavesWhatAVersionItDoesNotKnowMeansToTheHttpLayer() {
    String head = "PRI * HTTP/2.0\r\n\r\n";
    assertThat(pieces(List.of(head + "SM\r\n\r\n"))).containsExactly(head);
  }

  static Stream<Arguments> badHeads() {
    return Stream.of(
            "GET /v1/models HTTP/1.1\nHost: g\r\n\r\n",
            "GET /v1/models HTTP/1.1\r\nHost: g\n\r\n",
            GET + "\n",
            GET + "\rX-A: b\r\n\r\n",
            "GET /v1/models HTTP/1.1\r\nX-A: a\rb\r\n\r\n",
            "\r\n\r\n" + GET + "\r\n",
            "\n" + GET + "\r\n",
            " GET / HTTP/1.1\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "GET /  HTTP/1.1\r\n\r\n",
            "GET\t/ HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1 \r\n\r\n",
            "GET / HTTP/1.10\r\n\r\n",
            "GET / http/1.1\r\n\r\n",
            "GET /\r\n\r\n",
            "GET\r\n\r\n",
            "G@T / HTTP/1.1\r\n\r\n",
            "GET /a b HTTP/1.1\r\n\r\n",
            "GET /\0 HTTP/1.1\r\n\r\n",
            "GET /\u0001 HTTP/1.1\r\n\r\n",
            "GET /\u007f HTTP/1.1\r\n\r\n",
            "GET /\u00fc HTTP/1.1\r\n\r\n",
            "GET /#a HTTP/1.1\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: g\r\n\r\n",
            "GET g:80 HTTP/1.1\r\nHost: g\r\n\r\n",
            "GET v1/models HTTP/1.1\r\nHost: g\r\n\r\n",
            "GET ftp://g/ HTTP/1.1\r\nHost: g\r\n\r\n",
            "GET http://u@g/ HTTP/1.1\r\nHost: u@g\r\n\r\n",
            "GET http:///v1 HTTP/1.1\r\nHost:\r\n\r\n",
            "GET http://other/ HTTP/1.1\r\nHost: g\r\n\r\n",
            "GET http://g/ HTTP/1.1\r\n\r\n",
            GET + "Host: g\r\n\r\n",
            GET + "X-A : b\r\n\r\n",
            GET + "X-A\t: b\r\n\r\n",
            GET + "X A: b\r\n\r\n",
            GET + "X-A\r\n\r\n",
            GET + ": b\r\n\r\n",
            GET + "X-\u00fc: b\r\n\r\n",
            GET + "X-A: b\r\n c\r\n\r\n",
            GET + "X-A: b\r\n\tc: d\r\n\r\n",
            GET + " X-A: b\r\n\r\n",
            GET + "X-A: \0\r\n\r\n",
            GET + "X-A: \u0007\r\n\r\n",
            GET + "X-A: \u007f\r\n\r\n",
            GET + "Content-Length:\r\n\r\n",
            GET + "Content-Length: +5\r\n\r\n12345",
            GET + "Content-Length: -5\r\n\r\n12345",
            GET + "Content-Length: 5 5\r\n\r\n12345",
            GET + "Content-Length: 5\t5\r\n\r\n12345",
            GET + "Content-Length: 5,5\r\n\r\n12345",
            GET + "Content-Length: 5, 5\r\n\r\n12345",
            GET + "Content-Length: 0x5\r\n\r\n12345",
            GET + "Content-Length: 5.0\r\n\r\n12345",
            GET + "Content-Length: \u00b2\r\n\r\n12",
            GET + "Content-Length: 9223372036854775808\r\n\r\n",
            GET + "Content-Length: 18446744073709551617\r\n\r\n1",
            GET + "Content-Length: 00000000000000000005\r\n\r\n12345",
            GET + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n12345",
            GET + "Content-Length: 5\r\ncontent-length: 6\r\n\r\n12345",
            GET + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
            GET + "Transfer-Encoding: identity\r\n\r\n",
            GET + "Transfer-Encoding:\r\n\r\n",
            GET + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        .map(bytes -> Arguments.of(visible(bytes), bytes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badHeads")
  void passesNothingOfABadHeadOn(String name, String bytes) {
    assertThat(pieces(List.of(bytes + GET + "\r\n"))).containsExactly(standIn(Refusal.MALFORMED));
  }

  static Stream<Arguments> badChunks() {
    return Stream.of(
            "\r\n",
            "x\r\n",
            "-1\r\na\r\n",
            "+1\r\na\r\n",
            "0x1\r\na\r\n",
            " 1\r\na\r\n",
            "1 \r\na\r\n",
            "1 ;x\r\na\r\n",
            "1\na\r\n",
            "1;x\na\r\n",
            "1;x\ry\r\na\r\n",
            "1;\0\r\na\r\n",
            "1,x\r\na\r\n",
            "0000000000000001\r\na\r\n",
            "10000000000000001\r\na\r\n",
            "1;" + "x".repeat(ChunkedBody.MAX_SIZE_LINE_BYTES) + "\r\na\r\n",
            "0\n\r\n",
            "0\r\n\n",
            "0\r\nX-A\r\n\r\n",
            "0\r\nX-A : b\r\n\r\n",
            "0\r\nX-A: b\r\n c\r\n\r\n",
            "0\r\nX-A: \0\r\n\r\n",
            "0\r\nContent-Length: 5\r\n\r\n",
            "0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "0\r\nHost: other\r\n\r\n",
            "0\r\n" + "X-A: b\r\n".repeat(ChunkedBody.MAX_TRAILER_BYTES / 8) + "\r\n")
        .map(bytes -> Arguments.of(visible(bytes), bytes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badChunks")
  void endsABodyAtABadChunk(String name, String bytes) {
    String good = CHUNKED + "1\r\na\r\n";
    assertThat(pieces(List.of(good + bytes + GET + "\r\n")))
        .containsExactly(good + standIn(Refusal.MALFORMED_BODY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab\r\n", "a\n", "a\r\r\n", "a1\r\n"})
  void endsABodyWhereAChunkDoesNotEndAsItSaid(String data) {
    assertThat(pieces(List.of(CHUNKED + "1\r\n" + data)))
        .containsExactly(CHUNKED + "1\r\na" + standIn(Refusal.MALFORMED_BODY));
  }

  @Test
  void boundsTheExtensionsOfAllChunksTogether() {
    String chunk = "1;" + "x".repeat(127) + "\r\na\r\n";
    int allowed = ChunkedBody.MAX_EXTENSION_BYTES / 128;
    assertThat(pieces(List.of(CHUNKED + chunk.repeat(allowed) + chunk)))
        .containsExactly(CHUNKED + chunk.repeat(allowed) + standIn(Refusal.MALFORMED_BODY));
  }

  @Test
  void boundsTheHeadAsAWhole() {
    String justSmallEnough =
        GET + "X: " + "a".repeat(MAX_HEAD_BYTES - GET.length() - 7) + "\r\n\r\n";
    assertThat(pieces(List.of(justSmallEnough))).containsExactly(justSmallEnough);
    assertThat(pieces(List.of(GET + "X-A: b\r\n".repeat(MAX_HEAD_BYTES / 8))))
        .containsExactly(standIn(Refusal.HEAD_TOO_LARGE));
    assertThat(pieces(List.of("GET /" + "a".repeat(MAX_HEAD_BYTES))))
        .containsExactly(standIn(Refusal.HEAD_TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT g:443 HTTP/1.1\r\n", "TRACE / HTTP/1.1\r\n"})
  void offersNoMethodsThatAProxyForEverybodyHas(String line) {
    assertThat(pieces(List.of(line + "Host: g\r\n\r\n")))
        .containsExactly(standIn(Refusal.NOT_OFFERED));
  }

  private static String visible(String bytes) {
    String shown = bytes.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    return shown.length() > 120 ? shown.substring(0, 120) + "..." : shown;
  }
}
