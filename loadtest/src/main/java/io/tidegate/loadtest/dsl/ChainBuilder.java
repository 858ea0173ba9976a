package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.scenario.Feeder;
import io.tidegate.loadtest.scenario.Session;
import io.tidegate.loadtest.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Steps in the making. Immutable: every method gives a new one with a step more.
 *
 * @param <T> what the methods give back
 */
abstract class ChainBuilder<T> {

  /** A loop or a group that still needs to know what is done in it. */
  @FunctionalInterface
  public interface On<T> {
    T on(Chain... body);
  }

  abstract List<Step> steps();

  abstract T with(List<Step> steps);

  /** Sends a request and waits for its end. */
  public T exec(ChatCallBuilder call) {
    return plus(new Step.Ask(call.build()));
  }

  /** Does what other chains do. */
  public T exec(Chain... chains) {
    return plus(stepsOf(chains).toArray(Step[]::new));
  }

  /** Changes what the user knows. */
  public T exec(UnaryOperator<Session> change) {
    return plus(new Step.Change(change));
  }

  /** Thinks for so long. */
  public T pause(Duration duration) {
    return plus(new Step.Pause(session -> duration.toNanos()));
  }

  /** The same in seconds. */
  public T pause(long seconds) {
    return pause(Duration.ofSeconds(seconds));
  }

  /** Thinks for a time between two, each as likely. */
  public T pause(Duration min, Duration max) {
    if (max.compareTo(min) <= 0) {
      throw new IllegalArgumentException("a pause needs a longest time above its shortest");
    }
    return plus(new Step.Pause(session -> session.random().nextLong(min.toNanos(), max.toNanos())));
  }

  /** Thinks for a time that the session says. */
  public T pause(Function<Session, Duration> duration) {
    return plus(new Step.Pause(session -> duration.apply(session).toNanos()));
  }

  /** In a loop: lets each round begin so long after the one before, if it is not later already. */
  public T pace(Duration interval) {
    return plus(new Step.Pace(interval));
  }

  /** Takes the next record of a feeder. */
  public T feed(Feeder feeder) {
    return plus(new Step.Feed(feeder));
  }

  public On<T> repeat(int times) {
    return repeat(session -> times);
  }

  /** So many times as the session says. */
  public On<T> repeat(ToIntFunction<Session> times) {
    return body -> plus(new Step.Repeat(times, Optional.empty(), stepsOf(body)));
  }

  /** With the round, from 0, as an attribute. */
  public On<T> repeat(int times, String counter) {
    return body -> plus(new Step.Repeat(session -> times, Optional.of(counter), stepsOf(body)));
  }

  /** Again and again for so long; what is begun is done to its end. */
  public On<T> during(Duration duration) {
    return body -> plus(new Step.During(duration, stepsOf(body)));
  }

  /** The same in seconds. */
  public On<T> during(long seconds) {
    return during(Duration.ofSeconds(seconds));
  }

  /** Puts a name before those of the requests in it. */
  public On<T> group(String name) {
    return body -> plus(new Step.Group(name, stepsOf(body)));
  }

  /** Ends here if any request before was not answered whole. */
  public T exitHereIfFailed() {
    return plus(Step.ExitIfFailed.INSTANCE);
  }

  static List<Step> stepsOf(Chain... chains) {
    return Arrays.stream(chains).flatMap(chain -> chain.steps().stream()).toList();
  }

  private T plus(Step... more) {
    List<Step> all = new ArrayList<>(steps());
    all.addAll(List.of(more));
    return with(List.copyOf(all));
  }
}
