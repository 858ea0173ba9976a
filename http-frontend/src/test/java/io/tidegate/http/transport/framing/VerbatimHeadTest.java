package io.tidegate.http.transport.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** A head as Pekko is to read it, so that what it makes of it can be written as it came. */
class VerbatimHeadTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: g\r\n";

  @Test
  void leavesAnOrdinaryHeadAlone() {
    ByteString piece = ByteString.fromString(GET + "X-A: content-type: b\r\n\r\n");
    assertThat(VerbatimHead.of(piece, piece.length())).isSameAs(piece);
  }

  @Test
  void givesTheTypeOfABodyAnotherName() {
    assertThat(written(GET + "CONTENT-type:Text/X; A=\"b\"\r\nX-B: 1\r\n\r\n", "Content-Type: c"))
        .isEqualTo(
            GET + VerbatimHead.CONTENT_TYPE + ":Text/X; A=\"b\"\r\nX-B: 1\r\n\r\nContent-Type: c");
  }

  /** Shown red by passing it on: whoever sends it names the type of a body a second time. */
  @Test
  void leavesNobodyElsesUseOfThatName() {
    String forged = "X-Tidegate-Content-Type: forged\r\n";
    assertThat(written(GET + forged + "X-B: 1\r\n" + forged + "\r\n", ""))
        .isEqualTo(GET + "X-B: 1\r\n\r\n");
  }

  @Test
  void writesOctetsBeyondAsciiAsCharacters() {
    StringBuilder octets = new StringBuilder();
    for (char octet = 0x80; octet <= 0xFF; octet++) {
      octets.append(octet);
    }
    String head = GET + "X-All: " + octets + "\r\n\r\n";
    ByteString in = ByteString.fromArray((head + "\u00e9").getBytes(ISO_8859_1));
    ByteString out = VerbatimHead.of(in, head.length());
    assertThat(out.dropRight(1).utf8String()).isEqualTo(head);
    assertThat(out.takeRight(1)).as("of the body").isEqualTo(in.takeRight(1));
  }

  @Test
  void readsSuchCharactersAsTheTextTheyWere() {
    String sent = new String("Zoë €".getBytes(UTF_8), ISO_8859_1);
    assertThat(VerbatimHead.text(sent)).isEqualTo("Zoë €");
    String plain = "plain";
    assertThat(VerbatimHead.text(plain)).isSameAs(plain);
  }

  private static String written(String head, String body) {
    ByteString piece = ByteString.fromString(head + body);
    return VerbatimHead.of(piece, head.length()).utf8String();
  }
}
