package io.tidegate.http.config.signup;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The database that keeps subscribers, wait-list, places, invites and the gates' history.
 *
 * @param url a JDBC URL, of H2 or PostgreSQL; empty: an H2 file in the data directory
 * @param user whose account
 * @param password of the account
 */
public record StoreConfig(Optional<String> url, Optional<String> user, Optional<String> password) {

  static final String H2_FILE = "jdbc:h2:file:";
  static final String POSTGRESQL = "jdbc:postgresql:";

  public StoreConfig {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (url.isPresent() && !known(url.get())) {
      throw new IllegalArgumentException(
          "store.url: begins neither with " + H2_FILE + " nor with " + POSTGRESQL);
    }
  }

  /** An H2 file in the data directory. */
  public static StoreConfig embedded() {
    return new StoreConfig(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The URL, for a gate with that data directory. */
  public String urlIn(Path dataDir) {
    return url.orElseGet(() -> H2_FILE + dataDir.toAbsolutePath().resolve("tidegate"));
  }

  static boolean known(String url) {
    return url.startsWith(H2_FILE) || url.startsWith(POSTGRESQL);
  }

  /** Without the password, and without the URL, which may hold one. */
  @Override
  public String toString() {
    return "StoreConfig[" + url.map(text -> text.split("[?;]", 2)[0]).orElse("embedded") + "]";
  }
}
