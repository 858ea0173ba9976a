package io.tidegate.engine.signup.store;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the tables to what this version knows. */
final class Schema {
  private static final String SCRIPTS = "classpath:io/tidegate/engine/signup/store";

  private Schema() {}

  /**
   * Applies what is missing.
   *
   * @throws StoreException if a newer version was here already, or it cannot be done
   */
  static void migrate(String url, StoreSettings settings) throws StoreException {
    try {
      Flyway flyway =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(url, settings.user(), settings.password())
              .locations(SCRIPTS)
              .table("schema_history")
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
