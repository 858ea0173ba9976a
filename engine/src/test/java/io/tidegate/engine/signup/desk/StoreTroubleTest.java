package io.tidegate.engine.signup.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.signup.Email;
import io.tidegate.engine.signup.desk.upkeep.Sweep;
import io.tidegate.engine.signup.desk.waiting.Join;
import io.tidegate.engine.signup.store.SignupStore;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is down, another gate's, or a newer version's.
 *
 * <p>Shown red by hand: a group that is not answered when its store is gone.
 */
class StoreTroubleTest {
  @TempDir Path folder;

  private StoreSettings file() {
    return StoreSettings.of("jdbc:h2:file:" + folder.resolve("tidegate"), "", "");
  }

  @Test
  void refusesAStoreThatANewerVersionHasChanged() throws SQLException {
    TestDesk desk = new TestDesk(file(), TestDesk.settings());
    desk.ask(tx -> 0);
    desk.close();
    try (Connection connection = DriverManager.getConnection(file().url(), "", "")) {
      connection
          .createStatement()
          .execute(
              "INSERT INTO \"schema_history\" SELECT 99, '99', 'later', 'SQL', 'V99__later.sql',"
                  + " 1, \"installed_by\", \"installed_on\", 1, TRUE FROM \"schema_history\""
                  + " WHERE \"version\" = '1'");
    }
    try (SignupStore store = SignupStore.at(file())) {
      assertThatThrownBy(() -> write(store))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("newer version")
          .extracting(e -> ((StoreException) e).lasting())
          .isEqualTo(true);
    }
  }

  @Test
  void refusesAPostgresThatAnotherGateWrites() throws StoreException {
    StoreSettings where = Postgres.freshDatabase();
    try (SignupStore first = SignupStore.at(where)) {
      write(first);
      assertThatThrownBy(() -> write(SignupStore.at(where)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another gate");
    }
    try (SignupStore second = SignupStore.at(where)) {
      write(second);
    }
  }

  @Test
  void refusesAFileThatAnotherProcessHasOpen() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreHolder.class.getName(),
                file().url())
            .start();
    try {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
      assertThat(out.readLine()).isEqualTo("open");
      try (SignupStore store = SignupStore.at(file())) {
        assertThatThrownBy(() -> write(store))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("in use by another process")
            .extracting(e -> ((StoreException) e).lasting())
            .isEqualTo(true);
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
    // What the other one was killed with in its hands is as good as closed.
    try (SignupStore store = SignupStore.at(file())) {
      assertThatCode(() -> write(store)).doesNotThrowAnyException();
    }
  }

  private static void write(SignupStore store) throws StoreException {
    store.write(connection -> true);
  }

  @Test
  void saysThatItIsDownAndGoesOnWhereItWasWhenPostgresIsBack() throws IOException, StoreException {
    Path data = folder.resolve("postgres");
    ActorTestKit kit = ActorTestKit.create();
    EmbeddedPostgres server = postgres(data, 0);
    int port = server.getPort();
    StoreSettings where =
        StoreSettings.of(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
    try (SignupDesk desk =
        SignupDesk.start(
            where, TestDesk.settings(), System::currentTimeMillis, new Sweep(), kit.system())) {
      join(desk, "a@x.org");
      server.close();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> failsAsUnavailable(desk));
      assertThat(desk.books().of("plus").line().size()).isEqualTo(1);
      server = postgres(data, port);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !failsAsUnavailable(desk));
      join(desk, "z@x.org");
      long entries =
          desk.ask(tx -> (long) tx.entries().page("plus", 0, 1000).size())
              .toCompletableFuture()
              .join();
      assertThat(entries).isEqualTo(desk.books().of("plus").nextTicket() - 1);
      assertThat(desk.books().of("plus").line().size()).isEqualTo((int) entries);
    } finally {
      server.close();
      kit.shutdownTestKit();
    }
  }

  private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private static void join(SignupDesk desk, String email) {
    desk.ask(new Join(new Email(email), "plus")).toCompletableFuture().join();
  }

  private static boolean failsAsUnavailable(SignupDesk desk) {
    return desk.ask(new Join(new Email("probe@x.org"), "plus"))
        .toCompletableFuture()
        .handle(
            (done, failure) ->
                failure != null && failure.getCause() instanceof UnavailableException)
        .join();
  }
}
