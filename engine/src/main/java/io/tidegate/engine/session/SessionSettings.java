package io.tidegate.engine.session;

import java.time.Duration;
import java.util.Objects;

/**
 * How sessions are kept.
 *
 * @param idleTimeout a session with nothing in flight closes this long after its last request
 *     ended; from a millisecond to 30 days
 * @param shards among how many owners sessions are divided, a power of two up to 1,024
 * @param maxSessions how many sessions the table holds, at least 1; at the bound no further one is
 *     opened
 */
public record SessionSettings(Duration idleTimeout, int shards, int maxSessions) {
  private static final Duration MAX_IDLE = Duration.ofDays(30);
  private static final int MAX_SHARDS = 1_024;

  public SessionSettings {
    Objects.requireNonNull(idleTimeout, "idleTimeout");
    if (idleTimeout.toMillis() < 1 || idleTimeout.compareTo(MAX_IDLE) > 0) {
      throw new IllegalArgumentException(
          "a session's idle time-out lies between a millisecond and 30 days, not " + idleTimeout);
    }
    if (shards < 1 || shards > MAX_SHARDS || Integer.bitCount(shards) != 1) {
      throw new IllegalArgumentException(
          "the number of shards is a power of two up to %d, not %d".formatted(MAX_SHARDS, shards));
    }
    if (maxSessions < 1) {
      throw new IllegalArgumentException("at least one session must fit, not " + maxSessions);
    }
  }

  /** Ten minutes, 64 shards, two million sessions. */
  public static SessionSettings defaults() {
    return new SessionSettings(Duration.ofMinutes(10), 64, 2_000_000);
  }

  /** The same with another idle time-out. */
  public SessionSettings withIdleTimeout(Duration idleTimeout) {
    return new SessionSettings(idleTimeout, shards, maxSessions);
  }
}
