package io.tidegate.engine.signup.watch;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.gate.GateKeeping.Counts;
import io.tidegate.engine.signup.ledger.LedgerInput;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads from the engine's books what the subscribers of one plan ask for, in seats: held, waited
 * for, and refused for want of room. A refused request counts for as long as one that is served
 * holds its seats, which is seats held over requests ended (Little's law), averaged over ten
 * minutes.
 *
 * <p>Subscribers who are still served in the tier of the new ones belong to their plan as well; of
 * that tier a plan has the share that it has of all subscribers. Not safe for use by several
 * threads.
 */
final class DemandWatch {
  private static final Set<RefusalReason> FOR_ROOM =
      EnumSet.of(RefusalReason.NO_ROOM, RefusalReason.QUEUE_FULL, RefusalReason.QUEUE_TIMEOUT);
  private static final double AVERAGE_SECONDS = TimeUnit.MINUTES.toSeconds(10);

  private final String plan;
  private final Optional<String> newTier;
  private final Map<String, Tier> tiers = new HashMap<>();
  private long lastNanos;
  private boolean begun;

  DemandWatch(String plan, Optional<String> newTier) {
    this.plan = plan;
    this.newTier = newTier.filter(tier -> !tier.equals(plan));
  }

  /**
   * What the ledger is told now.
   *
   * @param shareOfNew of all subscribers, the part that is the plan's; 0 to 1
   */
  LedgerInput look(EngineSnapshot now, Counts counts, double shareOfNew, long nowNanos) {
    double seconds = begun ? (nowNanos - lastNanos) / 1e9 : 0;
    begun = true;
    lastNanos = nowNanos;
    double all = 0;
    for (TierSnapshot tier : now.tiers()) {
      all += tiers.computeIfAbsent(tier.tier().name(), name -> new Tier()).step(tier, seconds);
    }
    Tier own = tiers.getOrDefault(plan, new Tier());
    double fresh =
        newTier.map(name -> shareOfNew * tiers.getOrDefault(name, new Tier()).demand).orElse(0.0);
    int limit = now.limitSeats().orElse(0);
    return new LedgerInput(
        own.demand + fresh,
        limit > 0 ? all / limit : 0,
        own.offered,
        own.refused,
        counts.subscribers(),
        counts.openInvites(),
        counts.heldPlaces(),
        counts.waiting());
  }

  /** One tier between two looks. */
  private static final class Tier {
    private long offeredTotal;
    private long refusedTotal;
    private long completedTotal;
    private double heldSeats;
    private double endedPerSecond;
    private long offered;
    private long refused;
    private double demand;

    double step(TierSnapshot now, double seconds) {
      long refusedNow =
          FOR_ROOM.stream().mapToLong(reason -> now.refused().getOrDefault(reason, 0L)).sum();
      // Books that begin with the first look have no before.
      offered = seconds > 0 ? now.offered() - offeredTotal : 0;
      refused = seconds > 0 ? refusedNow - refusedTotal : 0;
      long ended = seconds > 0 ? now.completedTotal() - completedTotal : 0;
      offeredTotal = now.offered();
      refusedTotal = refusedNow;
      completedTotal = now.completedTotal();
      demand = now.inflightSeats() + now.waiting();
      if (seconds > 0) {
        double weight = 1 - Math.exp(-seconds / AVERAGE_SECONDS);
        heldSeats += weight * (now.inflightSeats() - heldSeats);
        endedPerSecond += weight * (ended / seconds - endedPerSecond);
        double heldSeconds = endedPerSecond > 0 ? heldSeats / endedPerSecond : 0;
        demand += refused / seconds * heldSeconds;
      }
      return demand;
    }
  }
}
