package io.tidegate.engine.queue;

import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;

/**
 * A request that can wait, as the queue sees it. Exactly one of {@link #admitted}, {@link #refused}
 * and {@link #left} is called, once.
 */
public interface Candidate {

  /** The class it waits in. */
  ServiceClass serviceClass();

  /** What it costs, at least 1. */
  int seats();

  /** Whose it is. */
  String subscriber();

  /**
   * How much the subscriber was served lately, as a number that only rises, like a clock, and like
   * it may wrap: whoever is behind the other was served less.
   */
  long useOrder();

  /** It is let in; its seats have been taken. */
  Admitted admitted(long nowNanos, long queuedNanos);

  /** It waited in vain, and gives back what else it holds. */
  Refused refused(RefusalReason reason, long nowNanos, long queuedNanos);

  /** Its client has gone, and it gives back what else it holds. */
  void left(long nowNanos, long queuedNanos);
}
