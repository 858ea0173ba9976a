package io.tidegate.http.transport;

import io.tidegate.http.config.upstream.TimeoutConfig;
import java.time.Duration;

/**
 * How long a client may keep a connection busy by itself, in nanoseconds.
 *
 * @param headNanos to send the head of a request
 * @param keepAliveNanos between two requests
 * @param takeNanos to make room for bytes that are ready for it
 * @param lingerNanos to close after the last answer
 */
record ConnectionTimes(long headNanos, long keepAliveNanos, long takeNanos, long lingerNanos) {

  /** As long as nginx waits for a client to take a last answer and close. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  static ConnectionTimes of(TimeoutConfig timeouts) {
    return new ConnectionTimes(
        timeouts.requestHead().toNanos(),
        timeouts.keepAlive().toNanos(),
        timeouts.send().toNanos(),
        LINGER.toNanos());
  }
}
