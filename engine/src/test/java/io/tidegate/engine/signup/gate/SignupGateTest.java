package io.tidegate.engine.signup.gate;

import static io.tidegate.engine.signup.gate.GateBook.DAY;
import static io.tidegate.engine.signup.gate.GateBook.HOUR;
import static io.tidegate.engine.signup.gate.GateBook.MINUTE;
import static io.tidegate.engine.signup.gate.GateBook.THOUSAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.signup.gate.order.Announcement;
import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.PlanTerms;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What pauses a plan's sale and what opens it again. */
class SignupGateTest {
  private final GateBook book = new GateBook(THOUSAND);

  @Test
  void sellsFromTheStart() {
    book.after(MINUTE);

    assertThat(book.state()).isEqualTo(SignupState.OPEN);
    assertThat(book.history).isEmpty();
    assertThat(book.gate.view(book.now).placesLeft()).hasValue(1_000);
  }

  @Test
  void pausesWhenEveryPlaceIsTaken() {
    book.subscribers = 1_000;
    book.after(MINUTE);

    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    GateChange change = book.history.get(0);
    assertThat(change.cause()).isEqualTo(Cause.LOAD);
    assertThat(change.by()).isEqualTo("ledger");
    assertThat(change.reason()).hasValue("All places are taken.");
    assertThat(change.figures().orElseThrow().free()).hasValue(0);
    assertThat(change.pauses()).isTrue();
  }

  @Test
  void opensOnlyWithMoreThanTwoInAHundredFreeAndHalfAnHourLater() {
    book.subscribers = 1_000;
    book.after(MINUTE);
    book.subscribers = 980;
    book.during(2 * HOUR);
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);

    book.subscribers = 979;
    book.after(MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
    assertThat(book.history.get(1).resumes()).isTrue();

    book.subscribers = 1_000;
    book.after(MINUTE);
    book.subscribers = 500;
    book.after(29 * MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    book.after(MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void bringsInThoseWhoWaitBeforeItOpens() {
    book.subscribers = 1_000;
    book.waiting = 5;
    book.after(MINUTE);
    assertThat(book.invites).isZero();

    book.subscribers = 900;
    book.after(MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.DRIP);
    assertThat(book.invites).as("two in a thousand places, an hour").isEqualTo(2);
    book.after(59 * MINUTE);
    assertThat(book.invites).isZero();
    book.after(MINUTE);
    assertThat(book.invites).isEqualTo(2);

    book.waiting = 0;
    book.after(MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void holdsWhenEstablishedSubscribersAreRefused() {
    book.refused = 2; // of a thousand
    book.during(6 * MINUTE);

    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    assertThat(book.gate.view(book.now).reason()).hasValue("The service is under heavy load.");
    assertThat(book.gate.view(book.now).expectedResume().orElseThrow().known()).isTrue();

    book.refused = 0;
    book.during(40 * MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void holdsWhenLoadIsAboveTheLimitForMinutesAndNotForAMoment() {
    book.during(10 * MINUTE);
    book.loadRatio = 1.5;
    book.after(MINUTE);
    book.loadRatio = .5;
    book.during(10 * MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);

    book.loadRatio = 1.1;
    book.during(30 * MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
  }

  @Test
  void invitesNobodyWhileItHolds() {
    book.waiting = 50;
    book.loadRatio = 2;
    book.during(90 * MINUTE);

    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    assertThat(book.invites).isZero();
  }

  @Test
  void letsLoadPauseNothingWithoutAFigureForOneSubscriber() {
    GateBook unlearned = new GateBook(PlanTerms.of("plus").withCapacity(20));
    unlearned.subscribers = 1_000_000;
    unlearned.loadRatio = 5;
    unlearned.during(DAY);

    assertThat(unlearned.state()).isEqualTo(SignupState.OPEN);
    assertThat(unlearned.gate.view(unlearned.now).placesLeft()).isEmpty();
  }

  @Test
  void pausesAtTheOperatorsCapAlso() {
    GateBook capped = new GateBook(PlanTerms.of("plus").withPlaces(3));
    capped.subscribers = 3;
    capped.after(MINUTE);

    assertThat(capped.state()).isEqualTo(SignupState.PAUSED);
  }

  @Test
  void pausesByHandUntilTheTimeThatWasDecided() {
    book.after(MINUTE);
    GateChange change = book.pause(2 * HOUR);

    assertThat(change.cause()).isEqualTo(Cause.MANUAL);
    assertThat(change.by()).isEqualTo("ann");
    GateView view = book.gate.view(book.now);
    assertThat(view.state()).isEqualTo(SignupState.PAUSED);
    assertThat(view.untilEpochMillis()).hasValue(book.now + 2 * HOUR);
    assertThat(view.expectedResume()).as("it is decided").isEmpty();
    assertThat(view.reason()).hasValue("busy");

    book.after(2 * HOUR - 1);
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    book.after(1);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
    assertThat(book.gate.view(book.now).untilEpochMillis()).isEmpty();
  }

  @Test
  void staysPausedByHandWhateverTheLedgerSays() {
    book.pause();
    book.during(3 * HOUR);

    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    assertThat(book.cause()).isEqualTo(Cause.MANUAL);
    assertThat(book.history).hasSize(1);

    book.subscribers = 2_000;
    book.after(MINUTE);
    assertThat(book.cause()).isEqualTo(Cause.MANUAL);
  }

  @Test
  void sellsByHandWhateverTheLedgerSaysUntilItAgrees() {
    book.subscribers = 1_000;
    book.after(MINUTE);
    GateChange change = book.resume();
    assertThat(change.resumes()).isTrue();
    book.during(3 * HOUR);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);

    book.subscribers = 900;
    book.after(MINUTE);
    book.subscribers = 1_000;
    book.after(MINUTE);
    assertThat(book.state()).as("the ledger decides again").isEqualTo(SignupState.PAUSED);
  }

  @Test
  void invitesEverybodyWhoWaitsWhenItIsOpenedByHandButInBatches() {
    GateBook plain = new GateBook(PlanTerms.of("plus"));
    plain.waiting = 1_500;
    plain.pause();
    plain.after(MINUTE);
    assertThat(plain.invites).isZero();

    plain.resume();
    plain.after(MINUTE);
    assertThat(plain.invites).isEqualTo(1_000);
    plain.waiting = 500;
    plain.after(MINUTE);
    assertThat(plain.invites).isEqualTo(500);
  }

  @Test
  void bringsInThoseWhoWaitFirstWhenAPauseWithALedgerIsOver() {
    book.subscribers = 100;
    book.after(MINUTE);
    book.pause(HOUR);
    book.waiting = 10;
    book.after(HOUR);

    assertThat(book.state()).isEqualTo(SignupState.DRIP);
    book.waiting = 0;
    book.during(HOUR);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void announcesAPauseAndKeepsToIt() {
    book.after(MINUTE);
    long at = book.now + HOUR;
    GateChange announced =
        book.kept(
            book.gate.announcePause(
                book.now, at, OptionalLong.of(at + HOUR), Optional.of("works"), "ann"));

    assertThat(announced.pauses()).isFalse();
    assertThat(announced.announced())
        .hasValue(
            new Announcement(
                SignupState.PAUSED, at, OptionalLong.of(at + HOUR), Optional.of("works")));
    assertThat(book.state()).isEqualTo(SignupState.OPEN);

    book.after(HOUR);
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
    assertThat(book.cause()).isEqualTo(Cause.SCHEDULE);
    assertThat(book.gate.view(book.now).untilEpochMillis()).hasValue(at + HOUR);
    assertThat(book.gate.view(book.now).announced())
        .hasValue(new Announcement(SignupState.OPEN, at + HOUR));

    book.after(HOUR);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
    assertThat(book.gate.view(book.now).announced()).isEmpty();
  }

  @Test
  void announcesTheEndOfAPauseThatHadNone() {
    book.pause();
    long at = book.now + HOUR;
    book.kept(book.gate.announceResume(book.now, at, Optional.empty(), "ann"));

    assertThat(book.gate.view(book.now).untilEpochMillis()).hasValue(at);
    book.after(HOUR);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void announcesThatItOpensAgainstTheLedger() {
    book.subscribers = 1_000;
    book.after(MINUTE);
    long at = book.now + HOUR;
    book.kept(book.gate.announceResume(book.now, at, Optional.empty(), "ann"));
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);

    book.after(HOUR);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
    assertThat(book.cause()).isEqualTo(Cause.SCHEDULE);
  }

  @Test
  void takesBackWhatItHasAnnounced() {
    book.kept(
        book.gate.announcePause(
            book.now, book.now + HOUR, OptionalLong.empty(), Optional.empty(), "ann"));
    book.kept(book.gate.takeBack(book.now, Optional.empty(), "ann"));
    book.during(2 * HOUR);

    assertThat(book.state()).isEqualTo(SignupState.OPEN);
    assertThat(book.gate.view(book.now).announced()).isEmpty();
  }

  @Test
  void ordersForNowBeatThoseMadeBeforehand() {
    book.kept(
        book.gate.announcePause(
            book.now, book.now + HOUR, OptionalLong.empty(), Optional.empty(), "ann"));
    book.pause(10 * HOUR);
    book.during(2 * HOUR);
    assertThat(book.cause()).isEqualTo(Cause.MANUAL);

    book.resume();
    book.after(MINUTE);
    assertThat(book.state()).as("resuming ends both").isEqualTo(SignupState.OPEN);
  }

  @Test
  void refusesTimesThatAreOver() {
    assertThatThrownBy(() -> book.pause(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> book.gate.announceResume(book.now, book.now - 1, Optional.empty(), "ann"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void goesOnAfterACrashAsIfNothingHadHappened() {
    book.pause(2 * HOUR);
    GateView before = book.gate.view(book.now);
    book.crash();

    assertThat(book.gate.view(book.now)).isEqualTo(before);
    book.after(HOUR).crash().after(HOUR);
    assertThat(book.state()).isEqualTo(SignupState.OPEN);
  }

  @Test
  void survivesAClockThatIsSetBack() {
    book.subscribers = 1_000;
    book.waiting = 10;
    book.after(HOUR);
    book.subscribers = 900;
    book.after(-HOUR);
    assertThat(book.state()).isEqualTo(SignupState.DRIP);
    assertThat(book.invites).isPositive();
    book.after(-HOUR);
    assertThat(book.invites).isPositive();

    book.pause(HOUR);
    book.after(-30 * MINUTE);
    assertThat(book.state()).isEqualTo(SignupState.PAUSED);
  }
}
