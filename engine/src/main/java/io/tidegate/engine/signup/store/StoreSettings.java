package io.tidegate.engine.signup.store;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the store is.
 *
 * @param url of JDBC: {@code jdbc:h2:file:...}, {@code jdbc:h2:mem:...} or {@code
 *     jdbc:postgresql:...}
 * @param user of the database; may be empty
 * @param password may be empty
 * @param patience how long to wait for a connection
 */
public record StoreSettings(String url, String user, String password, Duration patience) {

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(2);

  public StoreSettings {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "a store is at jdbc:h2:... or jdbc:postgresql:..., not at " + url);
    }
    if (patience.toMillis() < 1) {
      throw new IllegalArgumentException("patience is a millisecond or more, not " + patience);
    }
  }

  /** A store with the usual patience of two seconds. */
  public static StoreSettings of(String url, String user, String password) {
    return new StoreSettings(url, user, password, USUAL_PATIENCE);
  }

  boolean postgres() {
    return url.startsWith("jdbc:postgresql:");
  }

  /** Never with the password. */
  @Override
  public String toString() {
    return "StoreSettings[url=%s, user=%s]".formatted(url, user);
  }
}
