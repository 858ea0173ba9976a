package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;

/**
 * The refusals, built beforehand: for each class and reason, one for each of {@link RetrySteps}. A
 * storm of refusals then makes no garbage.
 *
 * <p><b>Threading:</b> immutable.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing.
 *
 * <p><b>Ordering:</b> final fields.
 *
 * <p><b>Source:</b> none; three tiers come to a megabyte and a half.
 */
final class Refusals {
  private static final RefusalReason[] REASONS = RefusalReason.values();

  private final Refused[] prebuilt;

  Refusals(TierTable tiers) {
    prebuilt = new Refused[tiers.classes().size() * REASONS.length * RetrySteps.COUNT];
    for (ServiceClass of : tiers.classes()) {
      for (RefusalReason reason : REASONS) {
        for (int step = 0; step < RetrySteps.COUNT; step++) {
          prebuilt[place(of, reason, step)] = new Refused(reason, of, RetrySteps.millis(step));
        }
      }
    }
  }

  /**
   * A refusal.
   *
   * @param retryAfterMillis rounded up to the next of {@link RetrySteps}
   */
  Refused of(ServiceClass of, RefusalReason reason, long retryAfterMillis) {
    return prebuilt[place(of, reason, RetrySteps.of(retryAfterMillis))];
  }

  @SuppressWarnings("EnumOrdinal") // A place in memory only.
  private static int place(ServiceClass of, RefusalReason reason, int step) {
    return (of.rank() * REASONS.length + reason.ordinal()) * RetrySteps.COUNT + step;
  }
}
