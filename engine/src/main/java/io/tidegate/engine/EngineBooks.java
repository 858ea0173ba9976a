package io.tidegate.engine;

import io.tidegate.engine.control.Books;
import io.tidegate.engine.control.Requests;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.reserve.Reserve;
import io.tidegate.engine.telemetry.counter.Counters;
import io.tidegate.engine.tier.TierTable;

/** The books as the control loops read them. */
record EngineBooks(TierTable tiers, Gate gate, Counters counters) implements Books {

  @Override
  public long inflightSeats() {
    return gate.inflightSeats();
  }

  @Override
  public Reserve.Totals seats() {
    return new Reserve.Totals(
        counters.offeredSeats(tiers.best()), counters.releasedSeats(), counters.heldSeatMillis());
  }

  @Override
  public Requests requests() {
    return Requests.of(counters, tiers.tiers());
  }
}
