import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.ChatDsl.streamIntact;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.rampUsers;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;

import io.tidegate.loadtest.dsl.Simulation;

/**
 * Streams of 20 tokens a second, all open at the same time: how many the tester itself can read.
 * The simulated backend makes them as long and as fast as is wanted here.
 */
public final class Streams extends Simulation {

  private static final int STREAMS = Integer.getInteger("streams", 1_000);
  private static final int SECONDS = Integer.getInteger("seconds", 20);
  private static final int RAMP_SECONDS = Integer.getInteger("rampSeconds", 10);
  private static final int TOKEN_MILLIS = 50;

  public Streams() {
    int tokens = SECONDS * 1_000 / TOKEN_MILLIS;
    setUp(
            scenario("streams")
                .exec(
                    chat("stream")
                        .completion()
                        .inputTokens(10)
                        .maxTokens(tokens)
                        .header(
                            "x-backend-script",
                            "output-tokens=" + tokens + ",token-ms=" + TOKEN_MILLIS)
                        .stream()
                        .check(streamIntact()))
                .injectOpen(rampUsers(STREAMS).during(RAMP_SECONDS)))
        .describedAs(STREAMS + " streams of 20 tokens a second.")
        .assertions(
            global().successfulRequests().percent().is(100),
            global().interTokenLatency().percentile(99).lt(100));
  }
}
