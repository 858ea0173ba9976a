package io.tidegate.engine.admission;

import io.tidegate.engine.tier.ServiceClass;

/** The decision on one request. */
public sealed interface Admission {

  /** The class the request was decided in. */
  ServiceClass serviceClass();

  /**
   * The request may go upstream.
   *
   * @param permit its right to its seats; whoever takes it must complete it, however the request
   *     ends
   * @param serviceClass the class it was admitted in
   * @param queuedNanos how long it waited in the queue; 0 if it did not
   */
  record Admitted(Permit permit, ServiceClass serviceClass, long queuedNanos)
      implements Admission {}

  /**
   * The request waits in the queue; its ticket brings one of the other two.
   *
   * @param ticket its place; whoever takes it must name a listener, or leave
   * @param serviceClass the class it waits in
   */
  record Waiting(Ticket ticket, ServiceClass serviceClass) implements Admission {}

  /**
   * The request is not let in. The engine hands out prebuilt ones: do not compare by identity.
   *
   * @param reason why
   * @param serviceClass the class it was refused in
   * @param retryAfterMillis when coming back makes sense, in whole quarters of a second; 0 where
   *     time changes nothing
   */
  record Refused(RefusalReason reason, ServiceClass serviceClass, long retryAfterMillis)
      implements Admission {}
}
