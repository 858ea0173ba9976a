package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;

/**
 * The refusals, built beforehand: for each class and reason, one for each quarter of a second up to
 * a minute. A storm of refusals then makes no garbage. Only a quota that fills up more slowly than
 * in a minute tells longer times, and those are made when they are needed.
 *
 * <p><b>Threading:</b> immutable.
 *
 * <p><b>Progress:</b> wait-free, allocates nothing up to a minute.
 *
 * <p><b>Ordering:</b> final fields.
 *
 * <p><b>Source:</b> none; three tiers come to half a megabyte.
 */
final class Refusals {
  private static final RefusalReason[] REASONS = RefusalReason.values();
  private static final long LONGEST_PREBUILT_MILLIS = 60_000;
  private static final int STEPS = (int) (LONGEST_PREBUILT_MILLIS / RetryAfter.QUARTER_MILLIS) + 1;

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
   * @param retryAfterMillis rounded up to a quarter of a second
   */
  Refused of(ServiceClass of, RefusalReason reason, long retryAfterMillis) {
    long millis = RetryAfter.roundUp(retryAfterMillis);
    return millis <= LONGEST_PREBUILT_MILLIS
        ? prebuilt[place(of, reason, (int) (millis / RetryAfter.QUARTER_MILLIS))]
        : new Refused(reason, of, millis);
  }

  @SuppressWarnings("EnumOrdinal") // A place in memory only.
  private static int place(ServiceClass of, RefusalReason reason, int step) {
    return (of.rank() * REASONS.length + reason.ordinal()) * STEPS + step;
  }
}
