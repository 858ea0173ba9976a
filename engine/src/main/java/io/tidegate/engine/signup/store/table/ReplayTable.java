package io.tidegate.engine.signup.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Answers that are given again to whoever asks again with the same key. */
public final class ReplayTable {

  /** What was answered, and to which body. */
  public record Replay(String bodyHash, int status, String body) {}

  private final Connection connection;

  public ReplayTable(Connection connection) {
    this.connection = connection;
  }

  /** What was answered to that key, if that was not too long ago. */
  public Optional<Replay> find(String keyHash, long nowMillis) throws SQLException {
    return Sql.one(
        connection,
        row -> new Replay(row.getString("body_hash"), row.getInt("status"), row.getString("body")),
        "SELECT body_hash, status, body FROM replays WHERE key_hash = ? AND due_at > ?",
        keyHash,
        nowMillis);
  }

  /** Keeps an answer until then; an older one to the same key goes. */
  public void save(String keyHash, Replay replay, Optional<String> person, long untilMillis)
      throws SQLException {
    Sql.update(connection, "DELETE FROM replays WHERE key_hash = ?", keyHash);
    Sql.update(
        connection,
        "INSERT INTO replays (key_hash, body_hash, status, body, person, due_at)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        keyHash,
        replay.bodyHash(),
        replay.status(),
        replay.body(),
        person,
        untilMillis);
  }

  /** Takes out what is too old; returns how many. */
  public int deleteOld(long nowMillis) throws SQLException {
    return Sql.update(connection, "DELETE FROM replays WHERE due_at <= ?", nowMillis);
  }

  /** Takes out what was answered to a person; returns how many. */
  public int deleteOf(String person) throws SQLException {
    return Sql.update(connection, "DELETE FROM replays WHERE person = ?", person);
  }
}
