package io.tidegate.engine.signup.gate.order;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What will happen, and is told beforehand.
 *
 * @param state open or paused
 * @param atEpochMillis when
 * @param untilEpochMillis until when, where that is decided too
 * @param reason for people to read
 */
public record Announcement(
    SignupState state, long atEpochMillis, OptionalLong untilEpochMillis, Optional<String> reason) {

  public Announcement {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(untilEpochMillis, "untilEpochMillis");
    Objects.requireNonNull(reason, "reason");
  }

  /** With no end that is decided, and no reason. */
  public Announcement(SignupState state, long atEpochMillis) {
    this(state, atEpochMillis, OptionalLong.empty(), Optional.empty());
  }
}
