package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;

/**
 * Every refusal there can be, built beforehand: for each class and reason, one for each quarter of
 * a second up to 30 s. A storm of refusals then makes no garbage.
 *
 * <p><b>Threading:</b> immutable.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing.
 *
 * <p><b>Ordering:</b> final fields.
 *
 * <p><b>Source:</b> none; 16 tiers come to about half a megabyte.
 */
final class Refusals {
  private static final RefusalReason[] REASONS = RefusalReason.values();
  private static final int STEPS = (int) (RetryAfter.MAX_MILLIS / RetryAfter.QUARTER_MILLIS) + 1;

  private final Refused[] prebuilt;

  Refusals(TierTable tiers) {
    prebuilt = new Refused[tiers.classes().size() * REASONS.length * STEPS];
    for (ServiceClass of : tiers.classes()) {
      for (RefusalReason reason : REASONS) {
        for (int step = 0; step < STEPS; step++) {
          prebuilt[place(of, reason, step)] =
              new Refused(reason, of, step * RetryAfter.QUARTER_MILLIS);
        }
      }
    }
  }

  /**
   * A refusal.
   *
   * @param retryAfterMillis rounded up to a quarter of a second, and taken as 30 s if longer
   */
  Refused of(ServiceClass of, RefusalReason reason, long retryAfterMillis) {
    int step = (int) (RetryAfter.roundUp(retryAfterMillis) / RetryAfter.QUARTER_MILLIS);
    return prebuilt[place(of, reason, step)];
  }

  @SuppressWarnings("EnumOrdinal") // A place in memory only.
  private static int place(ServiceClass of, RefusalReason reason, int step) {
    return (of.rank() * REASONS.length + reason.ordinal()) * STEPS + step;
  }
}
