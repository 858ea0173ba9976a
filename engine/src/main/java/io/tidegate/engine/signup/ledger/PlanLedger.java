package io.tidegate.engine.signup.ledger;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Counts the places of one plan: how many subscribers its capacity carries at what one of them is
 * expected to ask for, and how many of these places are free.
 *
 * <pre>
 * places = .95 capacity / per subscriber, at most the operator's cap
 * free   = places - subscribers - open invites - held places
 * </pre>
 *
 * <p>Capacity is the slow figure that is meant for subscribers, not the limit of the moment: a gate
 * on the momentary load closes each evening, opens each night, and lets in as many as no gate at
 * all. That present load says little about the load a decision will bring is also what Mooncake
 * reports of admitting requests (Qin et al., FAST 2025). Not safe for use by several threads.
 */
public final class PlanLedger {
  private static final double USABLE = .95;

  private final PlanTerms terms;
  private final Demand demand;
  private final LiveHold hold;
  private OptionalLong free = OptionalLong.empty();

  /** A ledger that goes on from what was kept. */
  public PlanLedger(PlanTerms terms, LedgerRecord kept) {
    this.terms = terms;
    this.demand = new Demand(kept);
    this.hold = new LiveHold(kept.holdUntilEpochMillis());
  }

  /** Takes in one look at the plan, and says what the ledger makes of it. */
  public Figures step(long nowEpochMillis, LedgerInput input) {
    demand.add(nowEpochMillis, input.demandSeats(), input.subscribers(), free);
    hold.add(nowEpochMillis, input);
    OptionalLong places = places();
    free =
        places.isPresent()
            ? OptionalLong.of(places.getAsLong() - input.taken())
            : OptionalLong.empty();
    return new Figures(
        perSubscriberSeats(),
        places,
        free,
        input.subscribers(),
        input.openInvites(),
        input.heldPlaces(),
        input.waiting(),
        hold.average(),
        countsLoad() ? hold.until(nowEpochMillis) : OptionalLong.empty());
  }

  /** The hours that lie behind, oldest first. */
  public List<HourlyUse> hours() {
    return demand.hours();
  }

  /** What is to be kept over a restart. */
  public LedgerRecord record(long nowEpochMillis) {
    return new LedgerRecord(demand.learned(), hold.until(nowEpochMillis), hours());
  }

  private OptionalDouble perSubscriberSeats() {
    return terms.perSubscriberSeats().isPresent() ? terms.perSubscriberSeats() : demand.learned();
  }

  private boolean countsLoad() {
    return terms.capacitySeats().isPresent() && perSubscriberSeats().isPresent();
  }

  private OptionalLong places() {
    if (!countsLoad()) {
      return terms.places();
    }
    double carried =
        USABLE * terms.capacitySeats().getAsDouble() / perSubscriberSeats().getAsDouble();
    long places = (long) Math.floor(carried);
    return OptionalLong.of(Math.min(places, terms.places().orElse(Long.MAX_VALUE)));
  }
}
