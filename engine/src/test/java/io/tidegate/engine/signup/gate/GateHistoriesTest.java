package io.tidegate.engine.signup.gate;

import static io.tidegate.engine.signup.gate.GateBook.HOUR;
import static io.tidegate.engine.signup.gate.GateBook.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What holds of a gate whatever happens to it.
 *
 * <p>Shown red by hand: {@code GateText} that leaves out what is scheduled, and {@code Orders} that
 * puts what is scheduled before what is ordered for now.
 */
class GateHistoriesTest {
  private static final int HISTORIES = 300;
  private static final int STEPS = 200;
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  @Test
  void holdsToItsRulesInEveryHistory() {
    for (int history = 0; history < HISTORIES; history++) {
      live(SEED + history);
    }
  }

  private static void live(long seed) {
    Random random = new Random(seed);
    GateBook book = new GateBook(GateBook.THOUSAND);
    SignupState recorded = SignupState.OPEN;
    for (int step = 0; step < STEPS; step++) {
      String as = "-Dseed=" + seed + " step " + step;
      int seen = book.history.size();
      act(book, random);
      for (GateChange change : book.history.subList(seen, book.history.size())) {
        assertThat(change.from()).as(as).isEqualTo(recorded);
        recorded = change.to();
      }
      assertThat(book.state()).as(as + ": every change is recorded").isEqualTo(recorded);
      check(book, as);
    }
  }

  private static void check(GateBook book, String as) {
    GateView view = book.gate.view(book.now);
    GateRecord record = book.gate.record(book.now);
    if (view.state() == SignupState.PAUSED) {
      assertThat(book.invites).as(as).isZero();
    }
    record
        .manual()
        .filter(order -> order.counts(book.now))
        .ifPresent(
            order -> {
              assertThat(view.state()).as(as + ": by hand first").isEqualTo(order.state());
              assertThat(view.cause()).as(as).isEqualTo(Cause.MANUAL);
            });
    assertThat(view.sinceEpochMillis()).as(as).isLessThanOrEqualTo(book.now);
    view.untilEpochMillis().ifPresent(until -> assertThat(until).as(as).isGreaterThan(book.now));
    if (view.state() == SignupState.DRIP) {
      assertThat(view.cause()).as(as + ": only load drips").isEqualTo(Cause.LOAD);
    }
    GateRecord reread = GateText.read(GateText.write(record));
    assertThat(reread).as(as).isEqualTo(record);
    GateView after = SignupGate.resume(GateBook.THOUSAND, reread, book.now).view(book.now);
    assertThat(after.state()).as(as + ": after a crash").isEqualTo(view.state());
    assertThat(after.cause()).as(as).isEqualTo(view.cause());
    assertThat(after.untilEpochMillis()).as(as).isEqualTo(view.untilEpochMillis());
    assertThat(after.announced()).as(as).isEqualTo(view.announced());
  }

  private static void act(GateBook book, Random random) {
    long ahead = MINUTE * (1 + random.nextInt(300));
    OptionalLong until =
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(book.now + 2 * ahead);
    Optional<String> why = Optional.of("why");
    book.invites = 0;
    switch (random.nextInt(12)) {
      case 0 -> book.kept(book.gate.pause(book.now, until, why, "ann"));
      case 1 -> book.resume();
      case 2 -> book.kept(book.gate.announcePause(book.now, book.now + ahead, until, why, "ann"));
      case 3 -> book.kept(book.gate.announceResume(book.now, book.now + ahead, why, "ann"));
      case 4 -> book.kept(book.gate.takeBack(book.now, why, "ann"));
      case 5 -> book.subscribers = random.nextInt(1_100);
      case 6 -> book.waiting = Math.max(0, random.nextInt(40) - 20);
      case 7 -> book.loadRatio = 1.4 * random.nextDouble();
      case 8 -> book.crash();
      default -> {
        // An end that has come is seen at the next look.
      }
    }
    book.after(random.nextBoolean() ? MINUTE : HOUR * random.nextInt(3));
  }
}
