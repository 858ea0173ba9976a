package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.scenario.Population;
import java.util.List;

/**
 * A load test. A subclass says in its constructor what is set up:
 *
 * <pre>{@code
 * public final class Evening extends Simulation {
 *   public Evening() {
 *     ScenarioBuilder chat = scenario("chat").exec(chat("ask").completion().stream()).pause(5);
 *     setUp(chat.injectOpen(constantUsersPerSec(2).during(60)))
 *         .protocols(chat().baseUrl("http://127.0.0.1:8080").key("plus", "sk-..."))
 *         .assertions(tier("plus").successfulRequests().percent().is(100));
 *   }
 * }
 * }</pre>
 */
public abstract class Simulation {

  private SetUp setUp;

  /**
   * Says who arrives; several populations side by side.
   *
   * @throws IllegalStateException if it is called twice
   */
  protected final SetUp setUp(Population... populations) {
    if (setUp != null) {
      throw new IllegalStateException("setUp is to be called once");
    }
    setUp = new SetUp(getClass().getSimpleName(), List.of(populations));
    return setUp;
  }

  /**
   * What was set up.
   *
   * @throws IllegalStateException if nothing was
   */
  public final SetUp setUp() {
    if (setUp == null) {
      throw new IllegalStateException(
          getClass().getName() + " sets nothing up: its constructor must call setUp");
    }
    return setUp;
  }
}
