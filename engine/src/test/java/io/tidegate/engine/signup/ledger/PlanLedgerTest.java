package io.tidegate.engine.signup.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the ledger learns and counts. */
class PlanLedgerTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private long now = 20_000 * DAY;
  private PlanLedger ledger =
      new PlanLedger(PlanTerms.of("plus").withCapacity(100), LedgerRecord.empty());

  @Test
  void learnsFromSevenDaysAndNotFromSix() {
    hours(7 * 24 - 1, 10);
    assertThat(step(10).perSubscriberSeats()).isEmpty();
    hours(2, 10);

    assertThat(step(10).perSubscriberSeats().orElseThrow()).isCloseTo(.0106, within(1e-9));
    assertThat(step(10).places()).as(".95 * 100 / .0106").hasValue(8_962);
    assertThat(step(10).free()).hasValue(7_962);
  }

  @Test
  void looksAtTheBusyHoursAndForgivesThreeWildOnes() {
    hours(7 * 24 - 12, 10);
    hours(9, 20);
    hours(3, 90);
    hours(1, 10);

    assertThat(step(10).perSubscriberSeats().orElseThrow()).isCloseTo(1.06 * .02, within(1e-9));
  }

  @Test
  void takesInARiseOfUseWithinHoursAndForgetsItAfterAWeek() {
    hours(8 * 24, 10);
    hours(4, 12);
    assertThat(step(10).perSubscriberSeats().orElseThrow()).isCloseTo(1.06 * .012, within(1e-9));
    hours(20, 12);
    assertThat(step(10).perSubscriberSeats().orElseThrow()).isCloseTo(1.06 * .012, within(1e-9));
    hours(9 * 24, 10);
    assertThat(step(10).perSubscriberSeats().orElseThrow()).isCloseTo(1.06 * .010, within(1e-9));
  }

  @Test
  void takesAFigureThatIsGivenAsItIs() {
    ledger =
        new PlanLedger(
            PlanTerms.of("plus").withCapacity(100).withPerSubscriber(.05), LedgerRecord.empty());

    assertThat(step(10).places()).hasValue(1_900);
    hours(9 * 24, 10);
    assertThat(step(10).perSubscriberSeats()).isEqualTo(OptionalDouble.of(.05));
  }

  @Test
  void neverCountsMorePlacesThanTheCap() {
    PlanTerms terms = PlanTerms.of("plus").withCapacity(100).withPerSubscriber(.05);
    ledger = new PlanLedger(terms.withPlaces(1_500), LedgerRecord.empty());

    assertThat(step(10).places()).hasValue(1_500);
  }

  @Test
  void countsInvitesAndHeldPlacesAsTaken() {
    PlanTerms terms = PlanTerms.of("plus").withCapacity(100).withPerSubscriber(.05);
    ledger = new PlanLedger(terms, LedgerRecord.empty());

    Figures figures = ledger.step(now, new LedgerInput(0, 0, 0, 0, 1_000, 500, 390, 0));
    assertThat(figures.free()).hasValue(10);
    assertThat(figures.full()).isFalse();
  }

  @Test
  void keepsWhatItHasLearnedOverARestart() {
    hours(7 * 24 + 1, 10);
    ledger = new PlanLedger(PlanTerms.of("plus").withCapacity(100), ledger.record(now));

    assertThat(step(10).perSubscriberSeats()).isPresent();
  }

  @Test
  void learnsNothingFromHoursWithoutSubscribers() {
    for (int hour = 0; hour < 8 * 24; hour++) {
      now += HOUR;
      ledger.step(now, LedgerInput.none());
    }

    assertThat(ledger.hours()).isEmpty();
  }

  private void hours(int count, double demandSeats) {
    for (int hour = 0; hour < count; hour++) {
      step(demandSeats);
      now += 30 * MINUTE;
      step(demandSeats);
      now += 30 * MINUTE;
    }
  }

  private Figures step(double demandSeats) {
    return ledger.step(now, new LedgerInput(demandSeats, .5, 0, 0, 1_000, 0, 0, 0));
  }
}
