package io.tidegate.http.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.reply.ErrorCase;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.upstream.UpstreamFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How an answer ends, whole and broken, for its reader and for its permit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerBodyTest {

  private static final String LAST_EVENT = Replies.lastEvent(ErrorCase.UPSTREAM_ERROR).utf8String();

  private static final String RESET = "reset";

  /** What the permit was told, in order; "token" for the first token. */
  private final List<String> told = new ArrayList<>();

  private ActorSystem system;

  @BeforeAll
  void start() {
    system = ActorSystem.create();
  }

  @AfterAll
  void stop() {
    system.terminate();
  }

  @Test
  void passesAWholeStreamOnByteForByte() {
    assertThat(read(true, true, "data: {\"content\":\"a\"}\n\n", "data: [DONE]\n\n"))
        .isEqualTo("data: {\"content\":\"a\"}\n\ndata: [DONE]\n\n");
    assertThat(told).containsExactly("token", "SERVED");
  }

  @Test
  void tellsTokensAsTheyComeAndTheUsageBeforeTheEnd() {
    String token = "data: {\"content\":\"a\"}\n\n";
    String usage = "data: {\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":4}}\n\n";
    read(true, true, token + token + token, token, usage, "data: [DONE]\n\n");
    assertThat(told)
        .containsExactly("token", "1 more", "1 more", "1 more", "1 more", "7 and 4", "SERVED");
  }

  @Test
  void endsABrokenStreamWithAnEventOfItsOwn() {
    assertThat(read(true, false, "data: {\"content\":\"a\"}\n\n"))
        .isEqualTo("data: {\"content\":\"a\"}\n\n" + LAST_EVENT);
    assertThat(told).containsExactly("token", "UPSTREAM_DIED");
  }

  /** A reader takes an event for whole at a blank line, and would join the last to the half one. */
  @Test
  void endsHalfAnEventFirst() {
    assertThat(read(true, false, "data: {\"con")).isEqualTo("data: {\"con\n\n" + LAST_EVENT);
    assertThat(told).containsExactly("UPSTREAM_DIED");
  }

  @Test
  void saysSoEvenWhereNothingHasCome() {
    assertThat(read(true, false)).isEqualTo(LAST_EVENT);
  }

  @Test
  void failsWhatIsNoStreamSoThatNobodyTakesAPartForTheWhole() {
    assertThatThrownBy(() -> read(false, false, "{\"half\""))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(UpstreamFailure.class);
    assertThat(told).containsExactly("token", "UPSTREAM_DIED");
  }

  private String read(boolean eventStream, boolean whole, String... pieces) {
    told.clear();
    List<String> steps = new ArrayList<>(List.of(pieces));
    if (!whole) {
      steps.add(RESET);
    }
    Source<ByteString, ?> bytes = Source.from(steps).map(AnswerBodyTest::bytesOrReset);
    return bytes
        .via(new AnswerBody(TestExchange.of(told), new Deaf(), Outcome.SERVED, eventStream, true))
        .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
        .toCompletableFuture()
        .join()
        .utf8String();
  }

  private static ByteString bytesOrReset(String step) {
    if (step.equals(RESET)) {
      throw new IllegalStateException("reset by peer");
    }
    return ByteString.fromString(step);
  }

  private static final class Deaf implements AnswerBody.Progress {
    @Override
    public void waitsForUpstream() {}

    @Override
    public void handedDown() {}

    @Override
    public void ended(boolean connectionUsable) {}
  }
}
