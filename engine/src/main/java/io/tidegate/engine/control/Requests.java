package io.tidegate.engine.control;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.telemetry.counter.Counters;
import io.tidegate.engine.tier.Tier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What became of requests, of all tiers together.
 *
 * @param offered asked to be let in
 * @param refusedForRoom refused because there was no seat, at once or after a wait
 * @param succeeded answered to the end
 * @param failed failed by an upstream
 */
public record Requests(long offered, long refusedForRoom, long succeeded, long failed) {
  /** The reasons that mean want of room, and not something about the caller or the service. */
  public static final Set<RefusalReason> FOR_ROOM =
      Set.copyOf(
          EnumSet.of(RefusalReason.NO_ROOM, RefusalReason.QUEUE_FULL, RefusalReason.QUEUE_TIMEOUT));

  /** The outcomes that are an upstream's failure. */
  public static final Set<Outcome> FAILURES =
      Set.copyOf(
          EnumSet.of(
              Outcome.UPSTREAM_BUSY,
              Outcome.UPSTREAM_ERROR,
              Outcome.CONNECT_FAILED,
              Outcome.CONNECT_TIMEOUT,
              Outcome.FIRST_BYTE_TIMEOUT,
              Outcome.IDLE_TIMEOUT,
              Outcome.UPSTREAM_DIED));

  /** The sum over the books of these tiers. */
  public static Requests of(Counters books, List<Tier> tiers) {
    long offered = 0;
    long refused = 0;
    long succeeded = 0;
    long failed = 0;
    for (Tier tier : tiers) {
      offered += books.offeredTotal(tier);
      refused += FOR_ROOM.stream().mapToLong(reason -> books.refusedTotal(tier, reason)).sum();
      succeeded += books.completedTotal(tier, Outcome.SERVED);
      failed += FAILURES.stream().mapToLong(each -> books.completedTotal(tier, each)).sum();
    }
    return new Requests(offered, refused, succeeded, failed);
  }

  /** What came after an earlier count. */
  Requests since(Requests earlier) {
    return new Requests(
        offered - earlier.offered,
        refusedForRoom - earlier.refusedForRoom,
        succeeded - earlier.succeeded,
        failed - earlier.failed);
  }
}
