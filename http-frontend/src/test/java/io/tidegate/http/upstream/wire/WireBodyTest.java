package io.tidegate.http.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.transport.framing.AnswerFramer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes of a body that are taken at the wire: none twice, none lost, none after the end. */
class WireBodyTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String END = "0\r\n\r\n";

  /** What happened, in order. */
  private final List<String> seen = new ArrayList<>();

  private final AnswerFramer framer = new AnswerFramer(1_000);
  private boolean room = true;

  private final Answer answer =
      new Answer(
          new Answer.Carrier() {
            @Override
            public void answered(HttpResponse response) {
              seen.add("answered");
            }

            @Override
            public void demand() {
              seen.add("demand");
            }

            @Override
            public void abandoned() {
              seen.add("abandoned");
            }
          },
          false);

  @BeforeEach
  void begin() throws BrokenAnswer {
    framer.begin(false);
    comes(HEAD + "1\r\na\r\n");
    answer.hold(this::take);
    answer.readBy(() -> seen.add("reader told"));
    seen.clear();
  }

  @Test
  void waitUntilTheyMayFlow() throws BrokenAnswer {
    comes("1\r\nb\r\n");
    assertThat(seen).isEmpty();
    assertThat(answer.isPassedBy()).isTrue();
    answer.flow();
    comes("1\r\nc\r\n");
    assertThat(seen).containsExactly("ab", "demand", "c");
  }

  @Test
  void areFollowedByTheEndWhichTheReaderTells() throws BrokenAnswer {
    answer.flow();
    seen.clear();
    comes("1\r\nb\r\n" + END);
    assertThat(seen).containsExactly("b", "reader told");
    assertThat(answer.hasEnded()).isTrue();
    assertThat(answer.hasBytes()).isFalse();
  }

  /** Shown red by telling the reader whatever waits: it would end the answer before its end. */
  @Test
  void holdUpTheEndWhileThereIsNoRoom() throws BrokenAnswer {
    answer.flow();
    seen.clear();
    room = false;
    comes("1\r\nb\r\n" + END);
    answer.fail(new BrokenAnswer("late"));
    assertThat(seen).isEmpty();
    assertThat(answer.isPassedBy()).isTrue();
    room = true;
    answer.flow();
    assertThat(seen).containsExactly("b", "reader told");
  }

  @Test
  void holdUpAFailureToo() throws BrokenAnswer {
    answer.flow();
    seen.clear();
    room = false;
    comes("1\r\nb\r\n");
    answer.fail(new BrokenAnswer("reset"));
    assertThat(seen).isEmpty();
    room = true;
    answer.flow();
    assertThat(seen).containsExactly("b", "reader told");
    assertThat(answer.failure()).isInstanceOf(BrokenAnswer.class);
  }

  @Test
  void goIntoTheStreamWhenTheyAreLetThrough() throws BrokenAnswer {
    answer.letThrough();
    assertThat(seen).containsExactly("reader told");
    assertThat(answer.isPassedBy()).isFalse();
    assertThat(answer.fetch().utf8String()).isEqualTo("a");
    comes("1\r\nb\r\n");
    assertThat(answer.fetch().utf8String()).isEqualTo("b");
  }

  @Test
  void goNowhereOnceTheAnswerIsAbandoned() throws BrokenAnswer {
    answer.flow();
    answer.abandon();
    seen.clear();
    comes("1\r\nb\r\n");
    answer.flow();
    assertThat(seen).isEmpty();
  }

  private boolean take(ByteString bytes) {
    if (room) {
      seen.add(bytes.utf8String());
    }
    return room;
  }

  private void comes(String text) throws BrokenAnswer {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    answer.take(framer, bytes, bytes.length);
  }
}
