package io.tidegate.engine.signup.gate.order;

/**
 * What will happen, and is told beforehand.
 *
 * @param state open or paused
 * @param atEpochMillis when
 */
public record Announcement(SignupState state, long atEpochMillis) {}
