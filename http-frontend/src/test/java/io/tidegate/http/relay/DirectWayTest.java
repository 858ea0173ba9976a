package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** What goes the short way is framed, counted, and stops where there is no room. */
class DirectWayTest {

  private static final String EVENT = "data: {\"content\":\"a\"}\n\n";

  private final List<String> told = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final RecordedWay ends = new RecordedWay();
  private final AnswerNotes notes = new AnswerNotes(TestExchange.of(told), true, true);

  private final DirectWay way =
      new DirectWay(
          ends,
          ends,
          notes,
          new AnswerBody.Progress() {
            @Override
            public void waitsForUpstream() {
              progress.add("upstream owes");
            }

            @Override
            public void handedDown() {
              progress.add("client owes");
            }

            @Override
            public void ended(boolean connectionUsable) {
              progress.add("ended");
            }
          });

  @Test
  void isOpenOnceTheHeadHasPassed() {
    way.begin(201);
    assertThat(ends.seen).containsExactly("held", "expects 201");
    ends.listener.headPassed();
    assertThat(ends.seen).endsWith("flows");
  }

  @Test
  void leavesBytesToTheStreamWhereTheHeadIsNotSeen() {
    way.begin(200);
    ends.listener.headMissed();
    assertThat(ends.seen).endsWith("let through");
  }

  @Test
  void framesAndCountsWhatPasses() {
    way.begin(200);
    assertThat(ends.taker.takes(ByteString.fromString(EVENT + EVENT + EVENT))).isTrue();
    assertThat(ends.seen).endsWith("45\r\n" + EVENT + EVENT + EVENT + "\r\n");
    assertThat(told).containsExactly("token", "1 more");
    assertThat(progress).containsExactly("upstream owes");
    assertThat(notes.atBlankLine()).isTrue();
  }

  /** Shown red by counting first: bytes that are offered twice are then counted twice. */
  @Test
  void countsNothingThatFindsNoRoom() {
    way.begin(200);
    ends.room = false;
    assertThat(ends.taker.takes(ByteString.fromString(EVENT))).isFalse();
    assertThat(told).isEmpty();
    assertThat(progress).containsExactly("client owes");
    ends.room = true;
    ends.listener.roomMade();
    assertThat(ends.seen).endsWith("flows");
    assertThat(ends.taker.takes(ByteString.fromString(EVENT))).isTrue();
    assertThat(told).containsExactly("token");
  }

  /** An event that tells why a stream ends early comes through the stream: nothing follows it. */
  @Test
  void takesNothingAfterItsEnd() {
    way.begin(200);
    way.end();
    way.end();
    assertThat(ends.seen).containsExactly("held", "expects 200", "forgotten");
    assertThat(ends.taker.takes(ByteString.fromString(EVENT))).isFalse();
    assertThat(told).isEmpty();
    assertThat(progress).isEmpty();
  }
}
