import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.ChatDsl.streamIntact;
import static io.tidegate.loadtest.dsl.CoreDsl.constantUsersPerSec;
import static io.tidegate.loadtest.dsl.CoreDsl.global;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;

import io.tidegate.loadtest.dsl.ChatCallBuilder;
import io.tidegate.loadtest.dsl.Simulation;

/**
 * The same question again and again, at a steady rate, to any server: what its answers look like
 * from outside. Every tenth is to be refused, if the server is the simulated backend and {@code
 * -Drefused=true} says so.
 */
public final class Conversation extends Simulation {

  private static final int PER_SECOND = Integer.getInteger("perSecond", 10);
  private static final int SECONDS = Integer.getInteger("seconds", 30);
  private static final boolean REFUSED = Boolean.getBoolean("refused");

  public Conversation() {
    setUp(
            scenario("same question")
                .exec(session -> session.set("script", script(session.userNumber())))
                .exec(ask())
                .injectOpen(constantUsersPerSec(PER_SECOND).during(SECONDS)))
        .describedAs("The same question, " + PER_SECOND + " times a second.")
        .assertions(
            global().failedRequests().count().is(0),
            global().interTokenLatency().percentile(50).gt(0),
            global().interTokenLatency().percentile(90).gt(0),
            global().interTokenLatency().percentile(99).gt(0),
            global().responseTime().percentile(50).gt(0),
            global().responseTime().percentile(95).gt(0),
            global().responseTime().percentile(99).gt(0),
            global().responseTime().max().gt(0));
  }

  private static ChatCallBuilder ask() {
    ChatCallBuilder ask =
        chat("ask").completion().model("gpt-4o").inputTokens(10).stream().check(streamIntact());
    return REFUSED ? ask.header("x-backend-script", "#{script}") : ask;
  }

  private static String script(long user) {
    return user % 10 == 9 ? "status=503" : "first-token-ms=200,token-ms=50,output-tokens=10";
  }
}
