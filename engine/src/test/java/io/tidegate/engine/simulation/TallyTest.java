package io.tidegate.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts are what their names say, from the end of the warm-up on. */
class TallyTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final Tier BEST = TIERS.best();
  private static final Tier WORST = TIERS.tiers().get(TIERS.tiers().size() - 1);
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long WARM_UP = 10 * SECOND;
  private static final long NOW = 20 * SECOND;

  private final Tally tally = new Tally(TIERS, WARM_UP);

  @ParameterizedTest
  @CsvSource({
    // first token after ms, then ms a token: counts?
    "2000, 40, 1",
    "2001, 40, 0",
    "100, 41, 0",
    "100, 10, 1",
  })
  void onlyAnswersInTimeAreGood(long firstMillis, long tokenMillis, double good) {
    Turn turn = asking(BEST, Kind.OPENING, 0, 101);
    turn.askedNanos = NOW;
    turn.firstTokenNanos = NOW + firstMillis * MILLI;

    tally.answered(turn, turn.firstTokenNanos + 100 * tokenMillis * MILLI);
    tally.step(1, 101, Recorder.openToAll(), NOW);

    assertThat(tally.result().goodput()).isEqualTo(good);
  }

  @Test
  void theWarmUpIsLeftOut() {
    Turn turn = asking(BEST, Kind.OPENING, 0, 10);
    tally.admitted(turn, false, WARM_UP - 1);
    tally.refused(turn, RefusalReason.NO_ROOM, WARM_UP - 1);
    tally.closed(false, WARM_UP - 1);
    tally.admitted(turn, false, NOW);

    Result result = tally.result();

    assertThat(result.bestServed()).isEqualTo(1);
    assertThat(result.finished()).isEqualTo(1);
    assertThat(result.byTier().get(BEST.name()).offered()).isEqualTo(1);
  }

  @Test
  void servedIsThePartOfAskingsThatWereLetIn() {
    for (int each = 0; each < 4; each++) {
      tally.admitted(asking(WORST, Kind.OPENING, each, 10), false, NOW);
    }
    tally.refused(asking(WORST, Kind.OPENING, 9, 10), RefusalReason.NO_ROOM, NOW + 2 * SECOND);
    tally.closed(true, NOW);
    tally.closed(true, NOW);
    tally.closed(false, NOW);

    Result result = tally.result();

    assertThat(result.byTier().get(WORST.name()).served()).isEqualTo(.8);
    assertThat(result.bestServed()).isEqualTo(1);
    assertThat(result.finished()).isCloseTo(2.0 / 3, within(1e-9));
  }

  @Test
  void aWorseClassLetInWithinASecondOfABetterOnesRefusalIsAnInversion() {
    tally.refused(asking(BEST, Kind.OPENING, 0, 10), RefusalReason.QUEUE_TIMEOUT, NOW);

    tally.admitted(asking(BEST, Kind.CONTINUING, 0, 10), false, NOW);
    tally.admitted(asking(BEST, Kind.OPENING, 0, 10), false, NOW);
    assertThat(tally.result().inversions()).isZero();

    tally.admitted(asking(WORST, Kind.OPENING, 0, 10), false, NOW + SECOND - 1);
    tally.admitted(asking(WORST, Kind.OPENING, 0, 10), false, NOW + SECOND);
    assertThat(tally.result().inversions()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RefusalReason.class,
      names = {"NO_ROOM", "QUEUE_FULL", "QUEUE_TIMEOUT"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRefusalForAnythingButRoomMakesNoInversion(RefusalReason reason) {
    tally.refused(asking(BEST, Kind.OPENING, 0, 10), reason, NOW);
    tally.admitted(asking(WORST, Kind.OPENING, 0, 10), false, NOW);

    assertThat(tally.result().inversions()).isZero();
  }

  @Test
  void whoComesBackAtOnceGainsIfTheyBeginMore() {
    for (int each = 0; each < 6; each++) {
      tally.admitted(asking(WORST, Kind.OPENING, each, 10), each < 4, NOW);
    }

    assertThat(tally.result().stormersGain()).isEqualTo(2);
  }

  @Test
  void theBestTiersFirstTokenIsTheOneThatAHundredthWaitsLongerFor() {
    for (int each = 0; each < 1_000; each++) {
      Turn turn = asking(BEST, Kind.OPENING, 0, 10);
      turn.askedNanos = NOW;
      turn.firstTokenNanos = NOW + (each < 985 ? 100 : 900) * MILLI;
      tally.firstToken(turn, NOW);
    }

    assertThat(tally.result().bestFirstTokenSeconds()).isCloseTo(.9, within(.001));
  }

  @Test
  void equalNumbersOfAnswersAreFairByRequestsAndNotByTokens() {
    for (int each = 0; each < 4; each++) {
      tally.asked(asking(BEST, Kind.OPENING, each % 2, each % 2 == 0 ? 10 : 40), NOW);
    }
    tally.answered(asking(BEST, Kind.OPENING, 0, 10), NOW);
    tally.answered(asking(BEST, Kind.OPENING, 1, 40), NOW);

    // Of 50 tokens, 20 and 30 would be fair to one who asked for 20 and one who asked for 80.
    double tooLittle = .5;
    double tooMuch = 40.0 / 30;
    double jain = Math.pow(tooLittle + tooMuch, 2) / (2 * (.25 + tooMuch * tooMuch));
    assertThat(tally.result().fairness()).isEqualTo(1);
    assertThat(tally.result().tokenFairness()).isCloseTo(jain, within(1e-9));
  }

  private static Turn asking(Tier tier, Kind kind, int subscriber, int answerTokens) {
    Subscriber someone = new Subscriber("s" + subscriber, tier);
    Turn turn = new Turn(new Conversation(someone, subscriber, "c", 1, 1), 10, answerTokens, NOW);
    turn.serviceClass = TIERS.classOf(tier, kind);
    turn.askedNanos = NOW;
    return turn;
  }
}
