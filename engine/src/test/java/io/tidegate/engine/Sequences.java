package io.tidegate.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks a rule against many random sequences of steps, and reports the shortest one found that
 * breaks it.
 *
 * <p>Every run has a new seed, which a failure tells; {@code -Dseed=} repeats it.
 */
public final class Sequences {
  private final long seed;
  private final int sequences;
  private final int longest;

  private Sequences(long seed, int sequences, int longest) {
    this.seed = seed;
    this.sequences = sequences;
    this.longest = longest;
  }

  /** So many sequences of at most so many steps. */
  public static Sequences of(int sequences, int longest) {
    return new Sequences(seed(), sequences, longest);
  }

  /** The seed of {@code -Dseed=}, or a new one. */
  public static long seed() {
    return Long.getLong("seed", System.nanoTime());
  }

  /**
   * Fails with the seed and the steps if a sequence breaks the rule.
   *
   * @param step makes one random step
   * @param rule starts from scratch, takes the steps one by one and throws if something is wrong
   */
  public <S> void check(Function<Random, S> step, Consumer<List<S>> rule) {
    Random random = new Random(seed);
    for (int sequence = 0; sequence < sequences; sequence++) {
      List<S> steps = new ArrayList<>();
      int length = 1 + random.nextInt(longest);
      while (steps.size() < length) {
        steps.add(step.apply(random));
      }
      Throwable broken = failure(rule, steps);
      if (broken != null) {
        List<S> fewest = shrink(rule, steps);
        throw new AssertionError(
            "seed %d, %d steps: %s".formatted(seed, fewest.size(), fewest), failure(rule, fewest));
      }
    }
  }

  /** Drops runs of steps, ever shorter ones, as long as the rest still breaks the rule. */
  private static <S> List<S> shrink(Consumer<List<S>> rule, List<S> steps) {
    List<S> fewest = steps;
    for (int run = steps.size() / 2; run >= 1; run /= 2) {
      int from = 0;
      while (from < fewest.size()) {
        List<S> without = new ArrayList<>(fewest.subList(0, from));
        without.addAll(fewest.subList(Math.min(from + run, fewest.size()), fewest.size()));
        if (failure(rule, without) == null) {
          from += run;
        } else {
          fewest = without;
        }
      }
    }
    return fewest;
  }

  private static <S> Throwable failure(Consumer<List<S>> rule, List<S> steps) {
    try {
      rule.accept(steps);
      return null;
    } catch (AssertionError | RuntimeException broken) {
      return broken;
    }
  }
}
