package io.tidegate.loadtest.builtin;

import static io.tidegate.loadtest.dsl.ChatDsl.chat;
import static io.tidegate.loadtest.dsl.ChatDsl.streamIntact;
import static io.tidegate.loadtest.dsl.CoreDsl.exec;
import static io.tidegate.loadtest.dsl.CoreDsl.scenario;

import io.tidegate.loadtest.client.Persona;
import io.tidegate.loadtest.dsl.ChatCallBuilder;
import io.tidegate.loadtest.dsl.ScenarioBuilder;
import io.tidegate.loadtest.scenario.Session;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What people do in a chat, composed: answers have the shape of Azure's conversation trace of 2023
 * (log-normal, half of them below 129 tokens, nine tenths below 424) at a quarter of the length,
 * prompts are short, and the pauses between turns are a few seconds.
 */
public final class Conversations {

  private static final double ANSWER_MEDIAN_TOKENS = 129 / 4.0;
  private static final double ANSWER_SPREAD = 0.93;
  private static final int ANSWER_MAX_TOKENS = 250;
  private static final double PROMPT_MEDIAN_TOKENS = 40;
  private static final double PROMPT_SPREAD = 0.77;
  private static final int PROMPT_MAX_TOKENS = 400;
  private static final double THINK_MEDIAN_MILLIS = 2000;
  private static final double THINK_SPREAD = 0.6;
  private static final int THINK_MAX_MILLIS = 6000;
  private static final double ANOTHER_TURN = 0.6;
  private static final int MAX_TURNS = 5;

  /** How long somebody looks at an empty answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String ANSWER = "outputTokens";

  private Conversations() {}

  /** Some turns with pauses between, by people who leave when they are not served. */
  public static ScenarioBuilder of(String tier) {
    return scenario(tier + " conversation")
        .repeat(Conversations::turns)
        .on(
            exec(Conversations::drawLengths)
                .exec(ask("ask", tier))
                .exitHereIfFailed()
                .pause(Conversations::think));
  }

  /** One question. */
  static ScenarioBuilder single(String name, String tier) {
    return scenario(name).exec(Conversations::drawLengths).exec(ask(name, tier));
  }

  /** One question to a model. */
  public static ScenarioBuilder single(String name, String tier, String model) {
    return scenario(name).exec(Conversations::drawLengths).exec(ask(name, tier).model(model));
  }

  /** A question whose answer is as long as the session says. */
  static ChatCallBuilder ask(String name, String tier) {
    return chat(name)
        .completion()
        .tier(tier)
        .inputTokens("#{inputTokens}")
        .maxTokens("#{" + ANSWER + "}")
        // The simulated backend makes its answers as long as this says; others do not know it.
        .header("x-backend-script", "output-tokens=#{" + ANSWER + "}")
        .stream()
        .persona(Persona.impatient(PATIENCE))
        .check(streamIntact());
  }

  /** Draws the lengths of the next question and its answer. */
  static Session drawLengths(Session session) {
    SplittableRandom random = session.random();
    return session
        .set("inputTokens", draw(random, PROMPT_MEDIAN_TOKENS, PROMPT_SPREAD, PROMPT_MAX_TOKENS))
        .set(ANSWER, draw(random, ANSWER_MEDIAN_TOKENS, ANSWER_SPREAD, ANSWER_MAX_TOKENS));
  }

  private static int turns(Session session) {
    int turns = 1;
    while (turns < MAX_TURNS && session.random().nextDouble() < ANOTHER_TURN) {
      turns++;
    }
    return turns;
  }

  private static Duration think(Session session) {
    return Duration.ofMillis(
        draw(session.random(), THINK_MEDIAN_MILLIS, THINK_SPREAD, THINK_MAX_MILLIS));
  }

  private static int draw(SplittableRandom random, double median, double spread, int max) {
    double drawn = median * Math.exp(spread * random.nextGaussian());
    return (int) Math.max(1, Math.min(max, Math.round(drawn)));
  }
}
