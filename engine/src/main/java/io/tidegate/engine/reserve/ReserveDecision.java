package io.tidegate.engine.reserve;

import java.util.Objects;

/**
 * What is kept for the best tier, and why.
 *
 * @param seats 0 or more
 * @param reason in words for an operator
 */
public record ReserveDecision(int seats, String reason) {
  public ReserveDecision {
    Objects.requireNonNull(reason, "reason");
    if (seats < 0) {
      throw new IllegalArgumentException("nobody can keep " + seats + " seats");
    }
  }
}
