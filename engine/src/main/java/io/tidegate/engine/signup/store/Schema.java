package io.tidegate.engine.signup.store;

import io.tidegate.engine.signup.store.table.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the tables to what this version knows. */
final class Schema {
  static final String SCRIPTS = "classpath:io/tidegate/engine/signup/store";

  /** The version of the last script. */
  static final String LATEST = "3";

  private static final String HISTORY = "schema_history";
  private static final String NO_SUCH = "42";

  private Schema() {}

  /**
   * Applies what is missing.
   *
   * @param connection to that store; it commits by itself
   * @throws StoreException if a newer version was here already, or it cannot be done
   */
  static void migrate(Connection connection, String url, StoreSettings settings)
      throws StoreException, SQLException {
    // Nearly every start: to load Flyway takes longer than all the rest of the store.
    if (!isLatest(connection)) {
      migrate(url, settings);
    }
  }

  private static boolean isLatest(Connection connection) throws SQLException {
    try {
      List<String> last =
          Sql.list(
              connection,
              row -> row.getString(1),
              "SELECT \"version\" FROM \"%s\" WHERE \"success\" ORDER BY \"installed_rank\" DESC LIMIT 1"
                  .formatted(HISTORY));
      return last.equals(List.of(LATEST));
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith(NO_SUCH)) {
        throw e;
      }
      return false;
    }
  }

  private static void migrate(String url, StoreSettings settings) throws StoreException {
    try {
      Flyway flyway =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(url, settings.user(), settings.password())
              .locations(SCRIPTS)
              .table(HISTORY)
              .loggers("slf4j")
              .cleanDisabled(true)
              .load();
      MigrationInfo[] all = flyway.info().all();
      boolean newer =
          Arrays.stream(all)
              .anyMatch(found -> found.getState().isApplied() && !found.getState().isResolved());
      if (newer) {
        throw new StoreException(
            StoreException.Kind.NEWER_SCHEMA,
            "the store %s belongs to a newer version of this program, which has changed its tables;"
                    .formatted(settings.url())
                + " start that version, or restore a backup from before it",
            null);
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "the tables of the store %s cannot be brought up to date: %s"
              .formatted(settings.url(), e.getMessage()),
          e);
    }
  }
}
