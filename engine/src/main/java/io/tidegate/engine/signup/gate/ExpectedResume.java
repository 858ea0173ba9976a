package io.tidegate.engine.signup.gate;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * When a plan that load keeps closed is expected to be sold again.
 *
 * @param fromEpochMillis the earliest; empty with {@code to}: it cannot be told
 * @param toEpochMillis the latest
 * @param basis what the range rests on, or why there is none
 */
public record ExpectedResume(
    OptionalLong fromEpochMillis, OptionalLong toEpochMillis, Basis basis) {

  /** What an expectation rests on, or why there is none. */
  public enum Basis {
    /** A range: the load of the moment passes. */
    AFTER_THE_LOAD("Half an hour after the load has fallen."),
    /** A range: places become free. */
    TREND("From how places came free in the last day and the last three days."),
    /** None: the list comes first, and how long it takes depends on the people on it. */
    WAITING_FIRST("Those who wait come first."),
    /** None: there is no trend yet. */
    TOO_EARLY("Places have been counted for less than a day."),
    /** None: the trend does not lead there. */
    NOT_RISING("Free places do not become more.");

    private final String sentence;

    Basis(String sentence) {
      this.sentence = sentence;
    }

    /** It in a sentence for people. */
    public String sentence() {
      return sentence;
    }
  }

  public ExpectedResume {
    Objects.requireNonNull(basis, "basis");
    if (fromEpochMillis.isPresent() != toEpochMillis.isPresent()) {
      throw new IllegalArgumentException("a range has two ends");
    }
  }

  static ExpectedResume between(long from, long to, Basis basis) {
    return new ExpectedResume(
        OptionalLong.of(Math.min(from, to)), OptionalLong.of(Math.max(from, to)), basis);
  }

  static ExpectedResume unknown(Basis why) {
    return new ExpectedResume(OptionalLong.empty(), OptionalLong.empty(), why);
  }

  /** Whether there is a range. */
  public boolean known() {
    return fromEpochMillis.isPresent();
  }
}
