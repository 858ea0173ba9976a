package io.tidegate.loadtest.builtin;

import io.tidegate.loadtest.assertion.Assertion;
import io.tidegate.loadtest.builtin.Rehearsal.CapacityChange;
import io.tidegate.loadtest.dsl.ChatDsl;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.run.HealthBounds;
import io.tidegate.loadtest.scenario.Population;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A load test that comes with the program.
 *
 * @param name as users write it
 * @param description what happens in it, in a sentence
 * @param populations who arrives
 * @param assertions what must hold
 * @param capacityChanges what happens to the simulated backend meanwhile
 */
public record Builtin(
    String name,
    String description,
    Function<BuiltinOptions, List<Population>> populations,
    List<Assertion> assertions,
    List<CapacityChange> capacityChanges) {

  private static final int CAPACITY_SEATS = 48;

  /** Three quarters of what is left when half is lost: answers longer than usual need room too. */
  private static final int GATE_SEATS = CAPACITY_SEATS / 2 * 3 / 4;

  private static final Map<String, Integer> SUBSCRIBERS = Map.of("plus", 50, "free", 50, "new", 50);
  private static final Duration OBJECTIVE = Duration.ofSeconds(2);

  /** Lag of a twentieth of the objective: generator, gate and backend may share two processors. */
  private static final HealthBounds BOUNDS = new HealthBounds(100, 1_000, 100, 500, 0.05, 0.10);

  private static final List<Builtin> ALL =
      List.of(
          of(
              "steady",
              "All tiers at a rate that the service carries, for a minute or as long as told.",
              options -> Stories.quiet(options, Duration.ofMinutes(1)),
              Stories.servesEverybody()),
          new Builtin(
              "devday-surge",
              "Calm; then one feature draws subscribers in; then ten times as many new ones come;"
                  + " then half of the capacity is lost.",
              Stories::devday,
              Stories.servesTheBestTier(),
              List.of(new CapacityChange(Stories.HALF_LOST_AT, CAPACITY_SEATS / 2))),
          of(
              "inside-surge",
              "The best tier alone, whose subscribers all rush to one new feature.",
              Stories::insideSurge,
              Stories.breaksNothing()),
          of(
              "flood",
              "New subscribers at many times what the service carries, around a best tier as ever.",
              Stories::flood,
              Stories.servesTheBestTier()),
          of(
              "retry-storm",
              "Refused callers who try again at once, whatever they are told.",
              Stories::retryStorm,
              Stories.servesTheBestTier()),
          of(
              "noisy-neighbour",
              "One subscriber who asks without end, among others of the same tier.",
              Stories::noisyNeighbour,
              Stories.breaksNothing()),
          of(
              "soak",
              "All tiers at a rate that the service carries, for an hour or as long as told.",
              options -> Stories.quiet(options, Duration.ofHours(1)),
              Stories.servesEverybody()),
          of(
              "trace",
              "Arrivals that really happened, from a file.",
              Stories::trace,
              Stories.breaksNothing()));

  public Builtin {
    assertions = List.copyOf(assertions);
    capacityChanges = List.copyOf(capacityChanges);
  }

  /** All of them, the plainest first. */
  public static List<Builtin> all() {
    return ALL;
  }

  /** The one of that name. */
  public static Optional<Builtin> find(String name) {
    return ALL.stream().filter(one -> one.name.equals(name)).findFirst();
  }

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException if an option makes no sense, or a trace cannot be read
   */
  public Rehearsal rehearsal(BuiltinOptions options) {
    SetUp setUp =
        SetUp.of(name, populations.apply(options))
            .describedAs(description)
            .validWithin(BOUNDS)
            .protocols(ChatDsl.chat().firstTokenObjective(OBJECTIVE))
            .assertions(assertions.toArray(Assertion[]::new));
    return new Rehearsal(setUp, CAPACITY_SEATS, GATE_SEATS, SUBSCRIBERS, capacityChanges);
  }

  private static Builtin of(
      String name,
      String description,
      Function<BuiltinOptions, List<Population>> populations,
      List<Assertion> assertions) {
    return new Builtin(name, description, populations, assertions, List.of());
  }
}
