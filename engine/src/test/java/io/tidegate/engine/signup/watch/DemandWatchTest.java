package io.tidegate.engine.signup.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.gate.GateKeeping.Counts;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.HistogramSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.telemetry.TierTimes;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is read from the engine's books. */
class DemandWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Counts COUNTS = new Counts(50, 1, 2, 3);

  private final DemandWatch watch = new DemandWatch("plus", Optional.of("new"));
  private final TierTable tiers = TierTable.defaults();

  @Test
  void countsSeatsHeldAndWaitedForOfThePlanAndItsShareOfTheNew() {
    EngineSnapshot books = books(20, row("plus", 8, 2, 0, 0, 0), row("new", 4, 0, 0, 0, 0));
    LedgerInput input = watch.look(books, COUNTS, .5, SECOND);

    assertThat(input.demandSeats()).isEqualTo(8 + 2 + .5 * 4);
    assertThat(input.loadRatio()).isEqualTo(14 / 20.0);
    assertThat(input.subscribers()).isEqualTo(50);
    assertThat(input.openInvites()).isEqualTo(1);
    assertThat(input.heldPlaces()).isEqualTo(2);
    assertThat(input.waiting()).isEqualTo(3);
  }

  @Test
  void countsTheRefusedForAsLongAsTheServedHoldTheirSeats() {
    watch.look(books(20, row("plus", 10, 0, 0, 0, 0)), COUNTS, 1, 0);
    // 10 seats held, 5 a second end: each is held for 2 s. Then 3 a second are refused.
    LedgerInput input =
        watch.look(books(20, row("plus", 10, 0, 80, 30, 50)), COUNTS, 1, 10 * SECOND);

    assertThat(input.demandSeats()).isCloseTo(10 + 3 * 2, within(1e-9));
    assertThat(input.establishedOffered()).isEqualTo(80);
    assertThat(input.establishedRefused()).isEqualTo(30);
  }

  @Test
  void blamesNobodyForWhatWasRefusedBeforeTheFirstLook() {
    LedgerInput input = watch.look(books(20, row("plus", 1, 0, 900, 800, 100)), COUNTS, 1, 0);

    assertThat(input.establishedRefused()).isZero();
    assertThat(input.demandSeats()).isEqualTo(1);
  }

  @Test
  void hasNoLoadWithoutALimit() {
    LedgerInput input = watch.look(books(0, row("plus", 900, 0, 0, 0, 0)), COUNTS, 1, 0);

    assertThat(input.loadRatio()).isZero();
  }

  private record Row(
      String tier, long seats, long waiting, long offered, long refused, long completed) {}

  private static Row row(
      String tier, long seats, long waiting, long offered, long refused, long completed) {
    return new Row(tier, seats, waiting, offered, refused, completed);
  }

  private EngineSnapshot books(int limit, Row... rows) {
    HistogramSnapshot none = new HistogramSnapshot(List.of(), 0, 0);
    List<TierSnapshot> snapshots = new ArrayList<>();
    for (Row row : rows) {
      Tier tier = tiers.find(row.tier()).orElseThrow();
      snapshots.add(
          new TierSnapshot(
              tier,
              row.offered(),
              row.offered() - row.refused(),
              Map.of(RefusalReason.NO_ROOM, row.refused(), RefusalReason.CAME_EARLY, 7L),
              Map.of(Outcome.SERVED, row.completed()),
              0,
              row.waiting(),
              row.seats(),
              0,
              Map.of(),
              new TierTimes(none, none, none, Map.of())));
    }
    OptionalInt limitSeats = limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    return new EngineSnapshot(snapshots, 0, limitSeats, 0, Map.of(), Map.of(), none, Map.of());
  }
}
