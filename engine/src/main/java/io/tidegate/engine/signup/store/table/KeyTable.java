package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.ApiKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The keys of subscribers and of the operator's own sign-up service. */
public final class KeyTable {
  private static final String SELECT = "SELECT * FROM api_keys ";

  private final Connection connection;

  public KeyTable(Connection connection) {
    this.connection = connection;
  }

  public void insert(ApiKey key) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO api_keys (id, key_hash, subscriber_id, label, created_at, revoked_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        key.id(),
        key.hash(),
        key.subscriberId(),
        key.label(),
        key.createdAtMillis(),
        key.revokedAtMillis());
  }

  /** Ends a key; false if there is none of that id, or it had ended. */
  public boolean revoke(String id, long nowMillis) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
            nowMillis,
            id)
        > 0;
  }

  public Optional<ApiKey> find(String id) throws SQLException {
    return Sql.one(connection, KeyTable::key, SELECT + "WHERE id = ?", id);
  }

  public List<ApiKey> ofSubscriber(String subscriber) throws SQLException {
    return Sql.list(
        connection, KeyTable::key, SELECT + "WHERE subscriber_id = ? ORDER BY id", subscriber);
  }

  /** Keys with an id above that one, in order. */
  public List<ApiKey> page(String afterId, int most) throws SQLException {
    return Sql.list(
        connection, KeyTable::key, SELECT + "WHERE id > ? ORDER BY id LIMIT ?", afterId, most);
  }

  public void deleteOfSubscriber(String subscriber) throws SQLException {
    Sql.update(connection, "DELETE FROM api_keys WHERE subscriber_id = ?", subscriber);
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("id"),
        row.getString("key_hash"),
        Sql.text(row, "subscriber_id"),
        row.getString("label"),
        row.getLong("created_at"),
        Sql.number(row, "revoked_at"));
  }
}
