package io.tidegate.loadtest.dsl;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.client.HostileServer;
import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.run.HealthBounds;
import io.tidegate.loadtest.run.RunOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Coordinated omission: a server answers at once, but for two seconds in the middle of the run in
 * which it answers nobody. Of 400 requests, 100 a second, 200 are due in that time; 100 of them
 * wait longer than a second, whether they could be sent meanwhile or not. Whoever counts from the
 * sending sees all but one or two answered at once where there are few connections.
 */
@Timeout(180)
class StalledServerTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int REQUESTS = 400;
  private static final int STALL_AT = 100;
  private static final int STALL_SECONDS = 2;

  @TempDir Path dir;

  @Test
  void chargesAStallToAllWhoWereDueOverOneConnection() throws Exception {
    RunData run = run(true);
    assertThat(longerThanASecond(run, Phase.FIRST_TOKEN)).isBetween(90L, 250L);
    assertThat(first(run).maxNanos()).isGreaterThan(STALL_SECONDS * SECOND - SECOND / 10);
    assertThat(first(run).percentileNanos(75)).isGreaterThan(SECOND * 8 / 10);
    // What a tool would tell that waits for an answer before it sends again.
    assertThat(longerThanASecond(run, Phase.HEADERS)).isLessThan(10);
  }

  @Test
  void chargesAStallToAllWhoWereDueOverAsManyConnectionsAsItTakes() throws Exception {
    RunData run = run(false);
    assertThat(longerThanASecond(run, Phase.FIRST_TOKEN)).isBetween(90L, 250L);
    assertThat(first(run).maxNanos()).isGreaterThan(STALL_SECONDS * SECOND - SECOND / 10);
  }

  private RunData run(boolean oneConnection) throws Exception {
    Lock server = new ReentrantLock();
    CountDownLatch never = new CountDownLatch(1);
    int[] served = new int[1];
    try (HostileServer hostile =
        HostileServer.doing(
            peer -> {
              server.lock();
              try {
                served[0]++;
                if (served[0] == STALL_AT) {
                  never.await(STALL_SECONDS, TimeUnit.SECONDS);
                }
              } finally {
                server.unlock();
              }
              peer.send(
                  HostileServer.HEAD
                      + HostileServer.chunk(HostileServer.token(1) + HostileServer.finish())
                      + HostileServer.END);
            })) {
      SetUp setUp =
          SetUp.of(
                  "stall",
                  List.of(
                      scenario("chat")
                          .exec(chat("ask").completion().stream())
                          .injectOpen(constantUsersPerSec(100).during(4))))
              .validWithin(new HealthBounds(60_000, 60_000, 60_000, 60_000, 1, 10))
              .protocols(chat().baseUrl(hostile.url().toString()));
      if (oneConnection) {
        setUp.adapt(protocol -> protocol.maxConnections(1));
      }
      RunData run = setUp.run(RunOptions.into(dir, 1)).run();
      assertThat(run.total("plus").ok()).isEqualTo(REQUESTS);
      return run;
    }
  }

  private static Distribution first(RunData run) {
    return run.latencies("plus", Outcome.OK, Phase.FIRST_TOKEN);
  }

  private static long longerThanASecond(RunData run, Phase phase) {
    Distribution measured = run.latencies("plus", Outcome.OK, phase);
    return measured.count() - measured.countWithin(SECOND);
  }
}
