package io.tidegate.engine.signup.gate;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * When a plan that load keeps closed is expected to be sold again.
 *
 * @param fromEpochMillis the earliest; empty with {@code to}: it cannot be told
 * @param toEpochMillis the latest
 * @param basis in a sentence: what the range rests on, or why there is none
 */
public record ExpectedResume(
    OptionalLong fromEpochMillis, OptionalLong toEpochMillis, String basis) {

  public ExpectedResume {
    Objects.requireNonNull(basis, "basis");
    if (fromEpochMillis.isPresent() != toEpochMillis.isPresent()) {
      throw new IllegalArgumentException("a range has two ends");
    }
  }

  static ExpectedResume between(long from, long to, String basis) {
    return new ExpectedResume(
        OptionalLong.of(Math.min(from, to)), OptionalLong.of(Math.max(from, to)), basis);
  }

  static ExpectedResume unknown(String why) {
    return new ExpectedResume(OptionalLong.empty(), OptionalLong.empty(), why);
  }

  /** Whether there is a range. */
  public boolean known() {
    return fromEpochMillis.isPresent();
  }
}
