import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.rampUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;

import io.tidegate.loadtest.dsl.Simulation;

/**
 * Short answers in one piece, so many a second: how many requests the tester itself can send. They
 * rise to it over a few seconds, in which the virtual machine compiles what it runs.
 */
public final class ShortRequests extends Simulation {

  private static final int PER_SECOND = Integer.getInteger("perSecond", 1_000);
  private static final int SECONDS = Integer.getInteger("seconds", 10);
  private static final int RAMP_SECONDS = Integer.getInteger("rampSeconds", 5);

  public ShortRequests() {
    setUp(
            scenario("short")
                .exec(chat("ask").completion().inputTokens(10))
                .injectOpen(
                    rampUsersPerSec(0).to(PER_SECOND).during(RAMP_SECONDS),
                    constantUsersPerSec(PER_SECOND).during(SECONDS)))
        .describedAs("Short answers in one piece, " + PER_SECOND + " a second.")
        .assertions(global().successfulRequests().percent().is(100));
  }
}
