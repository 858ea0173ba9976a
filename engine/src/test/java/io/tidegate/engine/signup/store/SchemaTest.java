package io.tidegate.engine.signup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  @Test
  void knowsItsLastScript() {
    MigrationInfo[] scripts =
        Flyway.configure().dataSource(url, "", "").locations(Schema.SCRIPTS).load().info().all();
    assertThat(scripts[scripts.length - 1].getVersion()).hasToString(Schema.LATEST);
  }

  @Test
  void appliesWhatIsMissingOnce() throws SQLException, StoreException {
    StoreSettings settings = StoreSettings.of(url, "", "");
    try (Connection connection = DriverManager.getConnection(url, "", "")) {
      Schema.migrate(connection, url, settings);
      connection.createStatement().execute("INSERT INTO sheds (person, told_at) VALUES ('p', 1)");
      Schema.migrate(connection, url, settings);
      assertThat(connection.createStatement().executeQuery("SELECT * FROM sheds").next()).isTrue();
    }
  }
}
