package io.tidegate.http.signup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.store.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 8 with a store that goes away: PostgreSQL is stopped and started under a crowd, and
 * what was acknowledged is there, once.
 *
 * <p>Shown red by hand: {@code GroupCommit} that answers before it has committed.
 *
 * <p>{@code -Doutages=10 -Dpeople=200} is the whole of it.
 */
class SignupOutageTest {
  private static final int OUTAGES = Integer.getInteger("outages", 2);
  private static final int PEOPLE = Integer.getInteger("people", 40);

  @TempDir private Path folder;

  @Test
  void losesNothingThatWasAcknowledgedWhenPostgresIsStoppedAndStarted()
      throws IOException, InterruptedException, StoreException {
    long seed = Long.getLong("seed", System.currentTimeMillis());
    Random random = new Random(seed);
    SignupCrowd crowd = new SignupCrowd();
    EmbeddedPostgres postgres = postgres(0);
    try {
      StoreSettings where =
          StoreSettings.of(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
      try (SignupServer gate = new SignupServer(where)) {
        gate.pauseOtherPlan().toCompletableFuture().join();
        crowd.at(new SignupCrowd.Gate(gate.port(), gate.serviceKey()));
        crowd.begin(PEOPLE, seed);
        for (int outage = 0; outage < OUTAGES; outage++) {
          park(1500 + random.nextInt(1500));
          postgres.close();
          park(random.nextInt(1000));
          postgres = postgres(postgres.getPort());
        }
        park(2000);
        crowd.end();
      }
      System.out.printf("%d outages, %d people: %s%n", OUTAGES, PEOPLE, crowd);
      assertThat(crowd.failed).as("seed %d", seed).hasPositiveValue();
      assertThat(crowd.claimed).as("seed %d", seed).isNotEmpty();
      SignupAudit.of(where, crowd);
    } finally {
      postgres.close();
    }
  }

  private EmbeddedPostgres postgres(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("postgres"))
            .setCleanDataDirectory(false);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private static void park(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
