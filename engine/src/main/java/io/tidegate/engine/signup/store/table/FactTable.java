package io.tidegate.engine.signup.store.table;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;

/** What there is one of. */
public final class FactTable {
  private static final String SECRET = "secret";

  private final Connection connection;

  public FactTable(Connection connection) {
    this.connection = connection;
  }

  /** The store's own secret; made when first asked for. */
  public Fingerprints fingerprints() throws SQLException {
    Optional<String> known =
        Sql.one(
            connection,
            row -> row.getString("content"),
            "SELECT content FROM facts WHERE name = ?",
            SECRET);
    if (known.isPresent()) {
      return new Fingerprints(Base64.getDecoder().decode(known.get()));
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Sql.update(
        connection,
        "INSERT INTO facts (name, content) VALUES (?, ?)",
        SECRET,
        Base64.getEncoder().encodeToString(secret));
    return new Fingerprints(secret);
  }
}
