package io.tidegate.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.limit.LimitStep.Move;
import io.tidegate.engine.limit.signs.Sample;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** One rule of the adaptive limit after the other. */
class AdaptiveLimitTest {
  private static final LimitState KNOWN = new LimitState(100, 0, Map.of(PromptBucket.UP_TO_2K, .3));

  private final AdaptiveLimit running = limit(KNOWN);
  private long nowNanos;

  @Test
  void growsByUpToATenthWhileFullAndWell() {
    LimitStep step = step(running, Windows.of(95).tokens(.0098));

    assertThat(step.move()).isEqualTo(Move.RAISED);
    assertThat(seats(running)).isCloseTo(100 * (1 + .1 * .75), within(.5));
  }

  @Test
  void growsLessTheNearerTheTimePerTokenIsToItsAim() {
    step(running, Windows.of(95).tokens(.9 * .98 * .04));

    assertThat(seats(running)).isCloseTo(101, within(.1));
  }

  @Test
  void doesNotGrowWhileItIsNotFull() {
    assertThat(step(running, Windows.of(89)).move()).isEqualTo(Move.HELD);
    assertThat(seats(running)).isEqualTo(100);
  }

  @Test
  void isFullFromTwoThirdsOnWhileSomebodyIsRefused() {
    assertThat(step(running, Windows.of(66).refusing()).move()).isEqualTo(Move.RAISED);
    assertThat(step(limit(KNOWN), Windows.of(64).refusing()).move()).isEqualTo(Move.HELD);
  }

  @Test
  void fallsByTwoHundredthsWhenFirstTokensAreALittleLate() {
    LimitStep step = step(running, Windows.of(100).firstTokens(40, .45));

    assertThat(step.move()).isEqualTo(Move.LOWERED);
    assertThat(seats(running)).isCloseTo(98, within(.01));
  }

  @Test
  void fallsByATenthAtMost() {
    step(running, Windows.of(100).firstTokens(40, 30));

    assertThat(seats(running)).isCloseTo(90, within(.01));
  }

  @Test
  void fallsInProportionWhenTokensAreSlow() {
    step(running, Windows.of(100).tokens(1.05 * .98 * .04));

    assertThat(seats(running)).isCloseTo(99, within(.05));
  }

  @Test
  void waitsForStreamsToEndBeforeItFallsAgain() {
    LimitStep step = step(running, Windows.of(104).firstTokens(40, 1));

    assertThat(step.move()).isEqualTo(Move.DRAINING);
    assertThat(seats(running)).isEqualTo(100);
  }

  @Test
  void growsSlowlyNearTheLimitAtWhichFirstTokensWereLate() {
    step(running, Windows.of(100).firstTokens(40, .45));
    double cut = seats(running);

    step(running, Windows.of(98).tokens(.01));
    assertThat(seats(running)).isCloseTo(cut * 1.001, within(.001));
    step(running, Windows.of(98).tokens(.01));
    assertThat(seats(running)).isCloseTo(cut * 1.001 * 1.00115, within(.001));
    for (int second = 0; second < 40; second++) {
      step(running, Windows.of(4_000).tokens(.01));
    }
    assertThat(seats(running)).isGreaterThan(2 * cut);
  }

  @Test
  void bearsMoreLatenessOnASmallUpstream() {
    for (int second = 0; second < 120; second += 5) {
      step(running, Windows.of(50).firstTokens(20, .3).seconds(5));
    }

    assertThat(step(running, Windows.of(80).firstTokens(5, .5)).move()).isEqualTo(Move.HELD);
    step(running, Windows.of(100).firstTokens(5, .65));
    assertThat(seats(running)).isCloseTo(100 * (1 - .02), within(.01));
  }

  @Test
  void judgesByThoseThatWaitWhenTooFewFirstTokensCome() {
    Windows stuck = Windows.of(100).firstTokens(2, .3).awaiting(60, 1.5);

    assertThat(step(running, stuck).move()).isEqualTo(Move.LOWERED);
  }

  @Test
  void takesOneHangingRequestForNoQueue() {
    Windows hanging = Windows.of(2).firstTokens(0, 0).tokens(0).awaiting(2, 50);

    assertThat(step(running, hanging).move()).isEqualTo(Move.HELD);
  }

  @Test
  void doublesAtTheStartWhileFullWithoutTrouble() {
    AdaptiveLimit fresh = fresh(OptionalInt.of(10));
    step(fresh, Windows.of(10).tokens(.03));
    step(fresh, Windows.of(20).tokens(.03));

    assertThat(seats(fresh)).isEqualTo(40);
  }

  @Test
  void findsAtTheStartWhatTheEngineWorksOn() {
    AdaptiveLimit fresh = fresh(OptionalInt.empty());
    step(fresh, Windows.of(20));
    assertThat(fresh.seats()).hasValue(4_000);

    LimitStep step = step(fresh, Windows.of(700).firstTokens(40, 1).awaiting(300, 1));

    assertThat(step.move()).isEqualTo(Move.FOUND);
    assertThat(seats(fresh)).isCloseTo(.95 * 400, within(.1));
    assertThat(step.alarms()).isEmpty();
  }

  @Test
  void raisesWhatItFoundWhileTheUpstreamGetsToWorkOnMore() {
    AdaptiveLimit fresh = fresh(OptionalInt.empty());
    step(fresh, Windows.of(20));
    step(fresh, Windows.of(700).firstTokens(40, 1).awaiting(500, 1));

    step(fresh, Windows.of(600).firstTokens(40, 2).awaiting(200, 2));
    assertThat(seats(fresh)).isCloseTo(.95 * 400, within(.1));
    assertThat(step(fresh, Windows.of(450).firstTokens(40, 2).awaiting(100, 2)).move())
        .isEqualTo(Move.DRAINING);
  }

  @Test
  void takesLatenessThatTheSearchCausedForNoWarning() {
    AdaptiveLimit fresh = fresh(OptionalInt.empty());
    step(fresh, Windows.of(20));
    step(fresh, Windows.of(700).firstTokens(40, 1).awaiting(300, 1));
    step(fresh, Windows.of(450).firstTokens(40, 2).awaiting(70, 2));
    step(fresh, Windows.of(380).tokens(.0098));

    assertThat(seats(fresh)).isCloseTo(.95 * 400 * (1 + .1 * .75), within(.1));
  }

  @Test
  void findsAtTheStartWhereTokensKeepTheirPace() {
    AdaptiveLimit fresh = fresh(OptionalInt.empty());
    step(fresh, Windows.of(20));

    step(fresh, Windows.of(600).tokens(2 * .98 * .04));

    assertThat(seats(fresh)).isCloseTo(300, within(1.0));
  }

  @Test
  void skipsTheSearchWithAStateYoungerThanAnHour() {
    long hour = Duration.ofHours(1).toMillis();
    LimitState state = running.state(0).orElseThrow();

    assertThat(
            new AdaptiveLimit(settings(OptionalInt.empty()), Optional.of(state), hour - 1).seats())
        .hasValue(100);
    AdaptiveLimit late = new AdaptiveLimit(settings(OptionalInt.empty()), Optional.of(state), hour);
    assertThat(late.seats()).hasValue(4_000);
    assertThat(late.state(hour).orElseThrow().baseSeconds())
        .isEqualTo(Map.of(PromptBucket.UP_TO_2K, .3));
  }

  @Test
  void keepsNoLimitThatIsStillBeingSearchedFor() {
    AdaptiveLimit fresh = fresh(OptionalInt.of(10));

    LimitState state = fresh.state(5).orElseThrow();

    assertThat(new AdaptiveLimit(settings(OptionalInt.empty()), Optional.of(state), 5).seats())
        .hasValue(4_000);
  }

  @Test
  void callsForHelpWhenItFallsFarOnFirstTokensAlone() {
    LimitStep step = step(running, Windows.of(100));
    assertThat(step.alarms()).isEmpty();
    for (int second = 0; second < 20; second++) {
      step = step(running, Windows.of((long) seats(running)).firstTokens(40, 9));
    }

    assertThat(seats(running)).isLessThan(25);
    assertThat(step.alarms()).containsExactly(LimitAlarm.LOW_ON_FIRST_TOKENS);
  }

  @Test
  void tellsWhenNothingIsStreamed() {
    Sample seen = Windows.of(50).firstTokens(0, 0).tokens(0).sample();
    StreamInterval nothing = new StreamInterval(Windows.nanos(1), List.of(), 0, 0, 0, 0, 0);
    Sample unseen = new Sample(nothing, 50, false, 40, 0);

    assertThat(running.step(seen, 1).alarms()).isEmpty();
    assertThat(running.step(unseen, 2).alarms()).containsExactly(LimitAlarm.NOTHING_STREAMED);
  }

  private LimitStep step(AdaptiveLimit limit, Windows window) {
    nowNanos += Windows.nanos(window.seconds());
    return limit.step(window.sample(), nowNanos);
  }

  private static double seats(AdaptiveLimit limit) {
    return limit.state(0).orElseThrow().seats();
  }

  private static AdaptiveLimit limit(LimitState known) {
    return new AdaptiveLimit(settings(OptionalInt.empty()), Optional.of(known), 1);
  }

  private static AdaptiveLimit fresh(OptionalInt startSeats) {
    return new AdaptiveLimit(settings(startSeats), Optional.empty(), 0);
  }

  private static LimitSettings.Adaptive settings(OptionalInt startSeats) {
    return new LimitSettings.Adaptive(startSeats, 8, 4_000, Objective.defaults());
  }
}
