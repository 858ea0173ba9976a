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
   */
  record Admitted(Permit permit, ServiceClass serviceClass) implements Admission {}

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
