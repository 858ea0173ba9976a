package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.SignupEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events that wait to be told, one row for each listener; a row goes when its listener has it. */
public final class OutboxTable {

  /**
   * An event on its way to one listener.
   *
   * @param target which listener
   * @param attempts that failed
   * @param lastError of the last of them
   * @param deadAtMillis when it was given up
   */
  public record Delivery(
      String id,
      String target,
      String type,
      long createdAtMillis,
      String body,
      int attempts,
      Optional<String> lastError,
      OptionalLong deadAtMillis,
      OptionalLong dueAtMillis) {

    /** Where it stands among the others. */
    public String place() {
      return id + ' ' + target;
    }
  }

  private static final String SELECT = "SELECT * FROM outbox WHERE ";
  private static final int MAX_ERROR = 255;

  private final Connection connection;

  public OutboxTable(Connection connection) {
    this.connection = connection;
  }

  public void insert(SignupEvent event, String target) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO outbox (id, target, type, created_at, body, person, attempts, due_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        event.id(),
        target,
        event.type(),
        event.createdAtMillis(),
        event.body(),
        event.person(),
        event.createdAtMillis());
  }

  /** Those whose next attempt is due, the longest due first. */
  public List<Delivery> due(long nowMillis, int most) throws SQLException {
    return Sql.list(
        connection,
        OutboxTable::delivery,
        SELECT + "due_at BETWEEN 0 AND ? ORDER BY due_at, id LIMIT ?",
        nowMillis,
        most);
  }

  /** Those that were given up and stand behind that {@link Delivery#place}, in order. */
  public List<Delivery> dead(String after, int most) throws SQLException {
    String[] place = (after + ' ').split(" ", -1);
    return Sql.list(
        connection,
        OutboxTable::delivery,
        SELECT
            + "dead_at IS NOT NULL AND (id > ? OR (id = ? AND target > ?))"
            + " ORDER BY id, target LIMIT ?",
        place[0],
        place[0],
        place[1],
        most);
  }

  /** The listener has it. */
  public void delivered(String id, String target) throws SQLException {
    Sql.update(connection, "DELETE FROM outbox WHERE id = ? AND target = ?", id, target);
  }

  /** The listener does not have it; it is tried again then, or, with no time given, never. */
  public void failed(
      String id, String target, String error, long nowMillis, OptionalLong againAtMillis)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE outbox SET attempts = attempts + 1, last_error = ?, due_at = ?, dead_at = ?"
            + " WHERE id = ? AND target = ?",
        error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR),
        againAtMillis,
        againAtMillis.isPresent() ? OptionalLong.empty() : OptionalLong.of(nowMillis),
        id,
        target);
  }

  /** Takes out what is about a person; returns how many. */
  public int deleteOf(String person) throws SQLException {
    return Sql.update(connection, "DELETE FROM outbox WHERE person = ?", person);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getString("id"),
        row.getString("target"),
        row.getString("type"),
        row.getLong("created_at"),
        row.getString("body"),
        row.getInt("attempts"),
        Sql.text(row, "last_error"),
        Sql.number(row, "dead_at"),
        Sql.number(row, "due_at"));
  }
}
