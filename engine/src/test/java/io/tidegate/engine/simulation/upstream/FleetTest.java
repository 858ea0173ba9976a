package io.tidegate.engine.simulation.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.ChatLengths;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.Trait;
import io.tidegate.engine.simulation.scenario.UpstreamKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several upstreams, or one, that are what their trait says. */
class FleetTest {
  private static final double STEP_SECONDS = .01;
  private static final long STEP_NANOS = 10_000_000;

  private static final class Request extends Work {
    private Request(int promptTokens, int seats) {
      super(promptTokens, 1_000_000, seats);
    }
  }

  private final Map<Request, Long> firstTokens = new HashMap<>();
  private long tokens;
  private long nowNanos;

  private final Upstream.Listener<Request> listener =
      new Upstream.Listener<>() {
        @Override
        public void firstToken(Request request, long nowNanos) {
          firstTokens.put(request, nowNanos);
        }

        @Override
        public void tokens(Request request, int count) {
          tokens += count;
        }

        @Override
        public void ended(Request request, long nowNanos) {}
      };

  @ParameterizedTest
  @EnumSource(Trait.class)
  void hasTheSameCapacityWhateverItsTrait(Trait trait) {
    Fleet<Request> plain = fleet(UpstreamKind.TIME_BOUND, Trait.PLAIN);

    assertThat(fleet(UpstreamKind.TIME_BOUND, trait).capacityTokensPerSecond())
        .isCloseTo(plain.capacityTokensPerSecond(), withinPercentage(.001));
  }

  @Test
  void readsOnlyWhatIsNewOfALaterTurnIfThatIsCached() {
    Fleet<Request> cached = fleet(UpstreamKind.TIME_BOUND, Trait.PREFIX_CACHE);
    Request opens = new Request(10_000, 1);
    Request continues = new Request(10_000, 1);
    cached.submit(opens, 0, false);
    cached.submit(continues, 0, true);
    advance(cached, 150);

    assertThat(firstTokens.get(opens) / 1e9).isBetween(.98, 1.03);
    assertThat(firstTokens.get(continues) / 1e9).isBetween(.18, .23);
  }

  @Test
  void keepsAConversationToItsUpstreamWhateverThatCarries() {
    Fleet<Request> uneven = fleet(UpstreamKind.MEMORY_BOUND, Trait.UNEVEN);
    for (int each = 0; each < Capacity.FULL_KNEE; each++) {
      uneven.submit(new Request(10, 1), .3, false);
    }
    advance(uneven, 300);
    assertThat(firstTokens).as("a quarter of the whole").hasSize(97);

    uneven.submit(new Request(10, 1), .4, false);
    advance(uneven, 10);
    assertThat(firstTokens).hasSize(98);
  }

  @Test
  void getsAsSlowByACostlyRequestAsByFour() {
    Fleet<Request> one = fleet(UpstreamKind.TIME_BOUND, Trait.COSTLY);
    for (int each = 0; each < Capacity.FULL_KNEE / 4; each++) {
      one.submit(new Request(10, 4), 0, false);
    }
    advance(one, 100);
    long before = tokens;
    advance(one, 100);

    // 40 ms a token at the knee.
    assertThat((tokens - before) / (Capacity.FULL_KNEE / 4.0)).isBetween(24.0, 26.0);
  }

  private void advance(Fleet<Request> fleet, int steps) {
    for (int step = 0; step < steps; step++) {
      nowNanos += STEP_NANOS;
      fleet.advance(STEP_SECONDS, nowNanos);
    }
  }

  private Fleet<Request> fleet(UpstreamKind kind, Trait trait) {
    Scenario scenario = Scenario.flood(kind, 4).withTrait(trait);
    return new Fleet<>(scenario.capacity(), ChatLengths.conversation(), listener);
  }
}
