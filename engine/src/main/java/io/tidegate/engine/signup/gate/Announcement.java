package io.tidegate.engine.signup.gate;

/**
 * What will happen, and is told beforehand.
 *
 * @param state open or paused
 * @param atEpochMillis when
 */
public record Announcement(SignupState state, long atEpochMillis) {}
