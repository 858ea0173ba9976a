package io.tidegate.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.Sequences;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gate against a slow, plain description of what it should do, over random histories.
 *
 * <p>Shown red by hand: {@code Gate.take} that looks at the room only or at the latch only; a cap
 * without the reserve; a stamp for a request that can never fit; {@code Gate.release} that gives
 * one seat back whatever was taken; {@code Gate.refuse} that counts nothing.
 */
class GateSequencesTest {
  private static final int LIMIT = 10;
  private static final int RESERVE = 3;
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final TierTable TIERS = TierTable.of(NAMES, List.of("d", "c", "b", "a"));
  private static final Outcome[] OUTCOMES = Outcome.values();

  @TempDir Path folder;

  private sealed interface Step {
    record Ask(int rank, int seats) implements Step {}

    record End(int which, Outcome outcome) implements Step {}

    record Pass(long nanos) implements Step {}
  }

  @Test
  void decidesAsDescribedAndBalancesItsBooks() {
    Sequences.of(300, 200).check(GateSequencesTest::step, this::replay);
  }

  private static Step step(Random random) {
    int kind = random.nextInt(10);
    if (kind < 6) {
      int seats = random.nextInt(4) == 0 ? 1 + random.nextInt(LIMIT + 2) : 1;
      return new Step.Ask(random.nextInt(TIERS.classes().size()), seats);
    }
    if (kind < 9) {
      return new Step.End(random.nextInt(LIMIT), OUTCOMES[random.nextInt(OUTCOMES.length)]);
    }
    // Close to the edges of the millisecond and of the second, and in between.
    long[] spans = {1, 999_999, 1_000_000, 400_000_000, 999_999_999, 1_000_000_000, 1_001_000_000};
    return new Step.Pass(spans[random.nextInt(spans.length)]);
  }

  private void replay(List<Step> steps) {
    History history = new History(folder);
    for (Step step : steps) {
      if (step instanceof Step.Ask ask) {
        history.ask(TIERS.classes().get(ask.rank()), ask.seats());
      } else if (step instanceof Step.End end) {
        history.end(end.which(), end.outcome());
      } else if (step instanceof Step.Pass pass) {
        history.fixture.nowNanos += pass.nanos();
      }
      history.assertSeatsAgree();
    }
    history.assertBalanced();
  }

  /** What the gate was asked and said, in plain lists. */
  private static final class History {
    private record Running(Permit permit, Tier tier, int seats) {}

    private record Refusal(int rank, long atNanos) {}

    private final GateFixture fixture;
    private final List<Running> running = new ArrayList<>();
    private final List<Refusal> forWantOfRoom = new ArrayList<>();
    private final long[] offered = new long[NAMES.size()];
    private final long[] admitted = new long[NAMES.size()];

    History(Path folder) {
      fixture = new GateFixture(folder, TIERS, OptionalInt.of(LIMIT), RESERVE);
    }

    void ask(ServiceClass asking, int seats) {
      int tier = asking.tier().index();
      int cap = asking.tier().equals(TIERS.best()) ? LIMIT : LIMIT - RESERVE;
      boolean room = held() + seats <= cap;
      boolean mustWait = betterRefusedWithin(asking, TimeUnit.SECONDS.toNanos(1));
      boolean mayWait = betterRefusedWithin(asking, TimeUnit.MILLISECONDS.toNanos(1_001));

      Admission decision = fixture.gate.admit(asking, seats, fixture.nowNanos);

      offered[tier]++;
      if (decision instanceof Admission.Admitted in) {
        assertThat(room).as("room for %s", asking).isTrue();
        assertThat(mustWait).as("latch for %s", asking).isFalse();
        admitted[tier]++;
        running.add(new Running(in.permit(), asking.tier(), seats));
      } else {
        assertThat(room && !mayWait).as("refused without need: %s", asking).isFalse();
        if (seats <= cap) {
          forWantOfRoom.add(new Refusal(asking.rank(), fixture.nowNanos));
        }
      }
    }

    void end(int which, Outcome outcome) {
      if (which < running.size()) {
        running.remove(which).permit().complete(outcome);
      }
    }

    void assertSeatsAgree() {
      assertThat(fixture.gate.inflightSeats()).isEqualTo(held());
    }

    void assertBalanced() {
      for (Tier tier : TIERS.tiers()) {
        TierSnapshot books = fixture.books(tier.name());
        long inFlight = running.stream().filter(each -> each.tier().equals(tier)).count();
        assertThat(books.offered()).isEqualTo(offered[tier.index()]);
        assertThat(books.admitted()).isEqualTo(admitted[tier.index()]);
        assertThat(books.offered()).isEqualTo(books.admitted() + books.refusedTotal());
        assertThat(books.admitted()).isEqualTo(books.completedTotal() + inFlight);
        assertThat(books.inflightSeats())
            .isEqualTo(
                running.stream()
                    .filter(each -> each.tier().equals(tier))
                    .mapToLong(Running::seats)
                    .sum());
      }
    }

    private long held() {
      return running.stream().mapToLong(Running::seats).sum();
    }

    private boolean betterRefusedWithin(ServiceClass asking, long nanos) {
      return forWantOfRoom.stream()
          .anyMatch(
              refusal ->
                  refusal.rank() < asking.rank() && fixture.nowNanos - refusal.atNanos() < nanos);
    }
  }
}
