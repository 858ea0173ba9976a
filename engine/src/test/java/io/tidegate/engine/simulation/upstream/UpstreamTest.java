package io.tidegate.engine.simulation.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.ChatLengths;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model server: a prompt is read, then tokens come at the pace that the load allows. */
class UpstreamTest {
  private static final double STEP_SECONDS = .01;
  private static final long STEP_NANOS = 10_000_000;

  private static final class Request extends Work {
    private long firstTokenNanos;

    private Request(int promptTokens, int answerTokens) {
      super(promptTokens, answerTokens, 1);
    }
  }

  private final List<Request> begun = new ArrayList<>();
  private final List<Request> ended = new ArrayList<>();
  private long tokens;
  private long nowNanos;

  private final Upstream.Listener<Request> listener =
      new Upstream.Listener<>() {
        @Override
        public void firstToken(Request request, long nowNanos) {
          request.firstTokenNanos = nowNanos;
          begun.add(request);
        }

        @Override
        public void tokens(Request request, int count) {
          tokens += count;
        }

        @Override
        public void ended(Request request, long nowNanos) {
          ended.add(request);
        }
      };

  @Test
  void readsThePromptAndThenAnswersAtItsPace() {
    Upstream<Request> upstream =
        new Upstream<>(UpstreamKind.MEMORY_BOUND, 1, false, ChatLengths.conversation(), listener);
    Request request = request(1_000, 41);
    upstream.submit(request, 1);

    advance(upstream, 11);
    assertThat(begun).containsExactly(request);
    assertThat(request.firstTokenNanos / 1e9).isBetween(.09, .12);

    advance(upstream, 101);
    assertThat(ended).containsExactly(request);
    assertThat(tokens).isEqualTo(41);
    assertThat((nowNanos - request.firstTokenNanos) / 1e9 / 40).isBetween(.0245, .0265);
  }

  @Test
  void aTimeBoundOneGetsSlowerWithEachStream() {
    Upstream<Request> upstream =
        new Upstream<>(UpstreamKind.TIME_BOUND, 1, false, ChatLengths.conversation(), listener);
    for (int each = 0; each < 2 * Capacity.FULL_KNEE; each++) {
      upstream.submit(request(10, 1_000), 1);
    }
    advance(upstream, 200);
    long before = tokens;

    advance(upstream, 100);

    // 10 ms and twice 30 ms a token for each.
    assertThat((tokens - before) / (2.0 * Capacity.FULL_KNEE)).isBetween(13.5, 15.0);
  }

  @Test
  void aMemoryBoundOneLetsNoMoreInThanItsRoomAndLosesIt() {
    Upstream<Request> upstream =
        new Upstream<>(UpstreamKind.MEMORY_BOUND, 1, false, ChatLengths.conversation(), listener);
    for (int each = 0; each < Capacity.FULL_KNEE + 100; each++) {
      upstream.submit(request(10, 1_000), 1);
    }
    advance(upstream, 300);
    assertThat(begun).hasSize(Capacity.FULL_KNEE);

    upstream.resize(.5);
    upstream.submit(request(10, 2), 1);
    advance(upstream, 100);

    assertThat(begun).hasSize(Capacity.FULL_KNEE);
    assertThat(ended).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(UpstreamKind.class)
  void standsWithoutCapacityAndGoesOnWhereItWas(UpstreamKind kind) {
    Upstream<Request> upstream =
        new Upstream<>(kind, 1, false, ChatLengths.conversation(), listener);
    Request running = request(10, 100);
    upstream.submit(running, 1);
    advance(upstream, 10);
    long before = tokens;

    upstream.resize(0);
    Request waiting = request(10, 2);
    upstream.submit(waiting, 1);
    advance(upstream, 1_000);
    assertThat(tokens).isEqualTo(before).isPositive();

    upstream.resize(1);
    advance(upstream, 500);
    assertThat(ended).containsExactly(waiting, running);
    assertThat(tokens).isEqualTo(102);
  }

  /** Shown red by hand: nobody thrown out; the first token told again. */
  @Test
  void throwsOutWhoCameLastAndLetsThemGoOnLater() {
    Upstream<Request> upstream =
        new Upstream<>(
            UpstreamKind.MEMORY_BOUND, 2.0 / 385, true, ChatLengths.conversation(), listener);
    double room =
        2
            * (ChatLengths.conversation().prompts().mean()
                + ChatLengths.conversation().answers().mean());
    Request first = request((int) (room / 2) - 50, 100);
    Request second = request((int) (room / 2) - 50, 200);
    upstream.submit(first, 1);
    upstream.submit(second, 1);
    advance(upstream, 3_000);

    assertThat(begun).containsExactlyInAnyOrder(first, second);
    assertThat(ended).containsExactly(first, second);
    assertThat(tokens).isEqualTo(300);
    assertThat(upstream.thrownOut()).isPositive();
  }

  private void advance(Upstream<Request> upstream, int steps) {
    for (int step = 0; step < steps; step++) {
      nowNanos += STEP_NANOS;
      upstream.advance(STEP_SECONDS, nowNanos);
    }
  }

  private Request request(int promptTokens, int answerTokens) {
    return new Request(promptTokens, answerTokens);
  }
}
