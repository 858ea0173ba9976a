package io.tidegate.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamWishTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"stream\":true}",
        "{ \"stream\" : true }",
        "{\"messages\":[{\"stream\":false}],\"stream\":true}",
        "{\"a\":{\"b\":[1,{\"c\":2}]},\"stream\":true,\"never\" read"
      })
  void isAStreamAtTheTop(String body) {
    assertThat(isIn(body)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"stream\":false}",
        "{\"stream\":\"true\"}",
        "{\"stream\":null}",
        "{\"messages\":[{\"stream\":true}]}",
        "{\"text\":\"\\\"stream\\\":true\"}",
        "[{\"stream\":true}]",
        "{\"Stream\":true}",
        "{\"a\":",
        "stream=true"
      })
  void isNothingElse(String body) {
    assertThat(isIn(body)).isFalse();
  }

  /** As deep as a body of megabytes may be; a parser that calls itself would not come back. */
  @Test
  void isNotFoundBelowAMillionBrackets() {
    assertThat(isIn("{\"a\":" + "[".repeat(1_000_000))).isFalse();
  }

  @Test
  void isNotLookedForInABodyThatIsStillOnItsWay() {
    Source<ByteString, ?> bytes = Source.single(ByteString.fromString("{\"stream\":true}"));
    assertThat(StreamWish.isIn(HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, bytes)))
        .isFalse();
  }

  private static boolean isIn(String body) {
    return StreamWish.isIn(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
  }
}
