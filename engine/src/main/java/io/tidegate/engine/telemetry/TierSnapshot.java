package io.tidegate.engine.telemetry;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.Tier;
import java.util.Collection;
import java.util.Map;

/**
 * What one tier asked for and got since the engine started.
 *
 * <p>At rest the books balance exactly: {@code offered = admitted + refusedTotal() + leftQueue +
 * waiting} and {@code admitted = completedTotal() + running requests}. Under load they differ by no
 * more than the decisions made while the snapshot was taken.
 *
 * @param tier whose
 * @param offered requests that asked, counted by themselves
 * @param admitted requests let in
 * @param refused requests not let in, with an entry for every reason
 * @param completed admitted requests that have ended, with an entry for every outcome
 * @param leftQueue requests that left the queue by themselves
 * @param waiting requests that wait in the queue now
 * @param inflightSeats seats held now
 * @param openSessions sessions charged to the tier now
 * @param tokens of its requests that have ended, with an entry for every kind
 * @param times how long its requests took
 */
public record TierSnapshot(
    Tier tier,
    long offered,
    long admitted,
    Map<RefusalReason, Long> refused,
    Map<Outcome, Long> completed,
    long leftQueue,
    long waiting,
    long inflightSeats,
    long openSessions,
    Map<TokenKind, Long> tokens,
    TierTimes times) {

  /** From asking to the first token of the answer, a wait in the queue included. */
  public HistogramSnapshot timeToFirstToken() {
    return times.firstToken();
  }

  /** How long those who waited in the queue did, whatever became of them. */
  public HistogramSnapshot queueWait() {
    return times.queueWait();
  }

  /** Requests not let in, for whatever reason. */
  public long refusedTotal() {
    return sum(refused.values());
  }

  /** Admitted requests that have ended, however. */
  public long completedTotal() {
    return sum(completed.values());
  }

  private static long sum(Collection<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
