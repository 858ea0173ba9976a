package io.tidegate.engine.signup.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the gates of the plans remember, and how they came to stand as they do. */
public final class GateTable {

  /** One change of a plan's gate, in the words in which it was written. */
  public record Change(long number, long changedAtMillis, String content) {}

  private final Connection connection;

  public GateTable(Connection connection) {
    this.connection = connection;
  }

  /** What every plan's gate remembered last. */
  public Map<String, String> states() throws SQLException {
    Map<String, String> states = new HashMap<>();
    Sql.list(
        connection,
        row -> states.put(row.getString("plan"), row.getString("content")),
        "SELECT plan, content FROM gate_states");
    return states;
  }

  public void saveState(String plan, long nowMillis, String content) throws SQLException {
    int known =
        Sql.update(
            connection,
            "UPDATE gate_states SET changed_at = ?, content = ? WHERE plan = ?",
            nowMillis,
            content,
            plan);
    if (known == 0) {
      Sql.update(
          connection,
          "INSERT INTO gate_states (changed_at, content, plan) VALUES (?, ?, ?)",
          nowMillis,
          content,
          plan);
    }
  }

  /** Adds a change to a plan's history. */
  public void addChange(String plan, long nowMillis, String content) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO gate_changes (plan, number, changed_at, content) VALUES (?,"
            + " (SELECT COALESCE(MAX(number), 0) + 1 FROM gate_changes WHERE plan = ?), ?, ?)",
        plan,
        plan,
        nowMillis,
        content);
  }

  /** A plan's last changes, latest first. */
  public List<Change> changes(String plan, int most) throws SQLException {
    return Sql.list(
        connection,
        row ->
            new Change(row.getLong("number"), row.getLong("changed_at"), row.getString("content")),
        "SELECT number, changed_at, content FROM gate_changes WHERE plan = ?"
            + " ORDER BY number DESC LIMIT ?",
        plan,
        most);
  }
}
