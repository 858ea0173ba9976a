package io.tidegate.http.transport;

import java.time.Duration;

/** How long a client may keep a connection busy without a request in progress, in nanoseconds. */
record ConnectionTimes(long headNanos, long keepAliveNanos, long lingerNanos) {

  /** As long as nginx waits for a client to take a last answer and close. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  static ConnectionTimes of(Duration requestHead, Duration keepAlive) {
    return new ConnectionTimes(requestHead.toNanos(), keepAlive.toNanos(), LINGER.toNanos());
  }
}
