package io.tidegate.engine.admission;

import io.tidegate.engine.tier.Subscriber;
import java.util.Objects;

/**
 * One request that asks to be let in.
 *
 * @param subscriber who asks
 * @param seats what it costs upstream, at least 1
 */
public record AdmissionRequest(Subscriber subscriber, int seats) {
  public AdmissionRequest {
    Objects.requireNonNull(subscriber, "subscriber");
    if (seats < 1) {
      throw new IllegalArgumentException("a request costs at least one seat, not " + seats);
    }
  }

  /** A request that costs one seat. */
  public static AdmissionRequest of(Subscriber subscriber) {
    return new AdmissionRequest(subscriber, 1);
  }
}
