package io.tidegate.loadtest.client;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a client connects.
 *
 * @param target where to
 * @param maxConnections how many at the same time; empty: as many as there are requests, so that no
 *     request ever waits for another. With a number, waiting shows as blocked time
 * @param connectTimeout how long the making of a connection may take
 * @param requestTimeout how long a request may take from being fired to its end
 */
public record ClientSettings(
    Target target, OptionalInt maxConnections, Duration connectTimeout, Duration requestTimeout) {

  public ClientSettings {
    if (maxConnections.isPresent() && maxConnections.getAsInt() < 1) {
      throw new IllegalArgumentException("there must be at least one connection");
    }
    if (connectTimeout.isNegative() || requestTimeout.isNegative()) {
      throw new IllegalArgumentException("a timeout must not be negative");
    }
  }

  /** No limit to connections, 10 s to connect, 10 minutes a request. */
  public static ClientSettings of(Target target) {
    return new ClientSettings(
        target, OptionalInt.empty(), Duration.ofSeconds(10), Duration.ofMinutes(10));
  }

  public ClientSettings withMaxConnections(int connections) {
    return new ClientSettings(target, OptionalInt.of(connections), connectTimeout, requestTimeout);
  }

  public ClientSettings withRequestTimeout(Duration timeout) {
    return new ClientSettings(target, maxConnections, connectTimeout, timeout);
  }
}
