package io.tidegate.engine.signup.store.table;

import java.sql.Connection;
import java.sql.SQLException;

/** When it was last told of somebody that they were refused, so that it is not told too often. */
public final class ShedTable {
  private final Connection connection;

  public ShedTable(Connection connection) {
    this.connection = connection;
  }

  /**
   * Notes that it is told now, unless it was told after that time.
   *
   * @return whether it is to be told
   */
  public boolean tellsNow(String person, long nowMillis, long unlessAfterMillis)
      throws SQLException {
    boolean told =
        Sql.one(
                connection,
                row -> row.getLong("told_at"),
                "SELECT told_at FROM sheds WHERE person = ?",
                person)
            .filter(at -> at > unlessAfterMillis)
            .isPresent();
    if (!told) {
      delete(person);
      Sql.update(
          connection, "INSERT INTO sheds (person, told_at) VALUES (?, ?)", person, nowMillis);
    }
    return !told;
  }

  /** Takes out what was told before that time; returns how many. */
  public int deleteOld(long beforeMillis) throws SQLException {
    return Sql.update(connection, "DELETE FROM sheds WHERE told_at <= ?", beforeMillis);
  }

  /** Takes out a person's; returns how many. */
  public int delete(String person) throws SQLException {
    return Sql.update(connection, "DELETE FROM sheds WHERE person = ?", person);
  }
}
