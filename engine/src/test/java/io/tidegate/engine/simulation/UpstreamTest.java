package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model server: a prompt is read, then tokens come at the pace that the load allows. */
class UpstreamTest {
  private static final double STEP_SECONDS = .01;
  private static final long STEP_NANOS = 10_000_000;

  private final List<Turn> begun = new ArrayList<>();
  private final List<Turn> ended = new ArrayList<>();
  private long tokens;
  private long nowNanos;

  private final Upstream.Listener listener =
      new Upstream.Listener() {
        @Override
        public void firstToken(Turn turn, long nowNanos) {
          begun.add(turn);
        }

        @Override
        public void tokens(Turn turn, int count) {
          tokens += count;
        }

        @Override
        public void ended(Turn turn, long nowNanos) {
          ended.add(turn);
        }
      };

  @Test
  void readsThePromptAndThenAnswersAtItsPace() {
    Upstream upstream =
        new Upstream(UpstreamKind.MEMORY_BOUND, 1, ChatLengths.conversation(), listener);
    Turn turn = turn(1_000, 41);
    upstream.submit(turn);

    advance(upstream, 11);
    assertThat(begun).containsExactly(turn);
    assertThat(turn.firstTokenSeconds()).isBetween(.09, .12);

    advance(upstream, 101);
    assertThat(ended).containsExactly(turn);
    assertThat(tokens).isEqualTo(41);
    assertThat(turn.tokenSeconds(nowNanos)).isBetween(.0245, .0265);
  }

  @Test
  void aTimeBoundOneGetsSlowerWithEachStream() {
    Upstream upstream =
        new Upstream(UpstreamKind.TIME_BOUND, 1, ChatLengths.conversation(), listener);
    for (int each = 0; each < 2 * Upstream.FULL_KNEE; each++) {
      upstream.submit(turn(10, 1_000));
    }
    advance(upstream, 200);
    long before = tokens;

    advance(upstream, 100);

    // 10 ms and twice 30 ms a token for each.
    assertThat((tokens - before) / (2.0 * Upstream.FULL_KNEE)).isBetween(13.5, 15.0);
  }

  @Test
  void aMemoryBoundOneLetsNoMoreInThanItsRoomAndLosesIt() {
    Upstream upstream =
        new Upstream(UpstreamKind.MEMORY_BOUND, 1, ChatLengths.conversation(), listener);
    for (int each = 0; each < Upstream.FULL_KNEE + 100; each++) {
      upstream.submit(turn(10, 1_000));
    }
    advance(upstream, 300);
    assertThat(begun).hasSize(Upstream.FULL_KNEE);

    upstream.resize(.5);
    upstream.submit(turn(10, 2));
    advance(upstream, 100);

    assertThat(begun).hasSize(Upstream.FULL_KNEE);
    assertThat(ended).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(UpstreamKind.class)
  void standsWithoutCapacityAndGoesOnWhereItWas(UpstreamKind kind) {
    Upstream upstream = new Upstream(kind, 1, ChatLengths.conversation(), listener);
    Turn running = turn(10, 100);
    upstream.submit(running);
    advance(upstream, 10);
    long before = tokens;

    upstream.resize(0);
    Turn waiting = turn(10, 2);
    upstream.submit(waiting);
    advance(upstream, 1_000);
    assertThat(tokens).isEqualTo(before).isPositive();

    upstream.resize(1);
    advance(upstream, 500);
    assertThat(ended).containsExactly(waiting, running);
    assertThat(tokens).isEqualTo(102);
  }

  private void advance(Upstream upstream, int steps) {
    for (int step = 0; step < steps; step++) {
      nowNanos += STEP_NANOS;
      upstream.advance(STEP_SECONDS, nowNanos);
    }
  }

  private Turn turn(int promptTokens, int answerTokens) {
    Subscriber ann = new Subscriber("ann", TierTable.defaults().best());
    return new Turn(new Conversation(ann, 0, "c", 1), promptTokens, answerTokens, nowNanos);
  }
}
