package io.tidegate.loadtest.dsl;

import io.tidegate.loadtest.arrival.Arrivals;
import io.tidegate.loadtest.arrival.closed.ClosedSteps;
import io.tidegate.loadtest.arrival.open.Envelope;
import io.tidegate.loadtest.arrival.open.OpenSteps;
import io.tidegate.loadtest.arrival.open.RateArrivals;
import io.tidegate.loadtest.arrival.open.Stairs;
import io.tidegate.loadtest.arrival.trace.Replay;
import io.tidegate.loadtest.arrival.trace.TraceReader;
import io.tidegate.loadtest.assertion.AssertionScope;
import io.tidegate.loadtest.scenario.Feeder;
import io.tidegate.loadtest.scenario.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The words of every load test, to be imported statically. */
public final class CoreDsl {

  private CoreDsl() {}

  /** What users of one kind do. */
  public static ScenarioBuilder scenario(String name) {
    return new ScenarioBuilder(name, List.of());
  }

  /** Steps for use in scenarios. */
  public static Chain exec(ChatCallBuilder call) {
    return Chain.EMPTY.exec(call);
  }

  /** Several chains as one. */
  public static Chain exec(Chain... chains) {
    return Chain.EMPTY.exec(chains);
  }

  /** Changes what the user knows. */
  public static Chain exec(UnaryOperator<Session> change) {
    return Chain.EMPTY.exec(change);
  }

  public static Chain pause(long seconds) {
    return Chain.EMPTY.pause(seconds);
  }

  public static Chain pause(Duration duration) {
    return Chain.EMPTY.pause(duration);
  }

  public static Chain pace(Duration interval) {
    return Chain.EMPTY.pace(interval);
  }

  public static Chain feed(Feeder feeder) {
    return Chain.EMPTY.feed(feeder);
  }

  public static ChainBuilder.On<Chain> repeat(int times) {
    return Chain.EMPTY.repeat(times);
  }

  public static ChainBuilder.On<Chain> during(long seconds) {
    return Chain.EMPTY.during(seconds);
  }

  public static ChainBuilder.On<Chain> group(String name) {
    return Chain.EMPTY.group(name);
  }

  /** The records of a file with a line of names. */
  public static Feeder csv(String file) {
    return Feeder.csv(Path.of(file));
  }

  public static Arrivals nothingFor(long seconds) {
    return nothingFor(Duration.ofSeconds(seconds));
  }

  public static Arrivals nothingFor(Duration duration) {
    return OpenSteps.nothingFor(duration);
  }

  public static Arrivals atOnceUsers(long users) {
    return OpenSteps.atOnceUsers(users);
  }

  public static OpenSteps.Over<Arrivals> rampUsers(long users) {
    return OpenSteps.rampUsers(users);
  }

  public static OpenSteps.Over<RateArrivals> constantUsersPerSec(double rate) {
    return OpenSteps.constantUsersPerSec(rate);
  }

  public static OpenSteps.To<OpenSteps.Over<RateArrivals>> rampUsersPerSec(double from) {
    return OpenSteps.rampUsersPerSec(from);
  }

  public static OpenSteps.Over<Arrivals> stressPeakUsers(long users) {
    return OpenSteps.stressPeakUsers(users);
  }

  public static Stairs incrementUsersPerSec(double increment) {
    return OpenSteps.incrementUsersPerSec(increment);
  }

  /** A rate that jumps at a moment, which is marked. */
  public static OpenSteps.To<OpenSteps.At> stepUsersPerSec(double before) {
    return OpenSteps.stepUsersPerSec(before);
  }

  public static ClosedSteps.Over constantConcurrentUsers(int users) {
    return ClosedSteps.constantConcurrentUsers(users);
  }

  public static ClosedSteps.To rampConcurrentUsers(int from) {
    return ClosedSteps.rampConcurrentUsers(from);
  }

  public static ClosedSteps.Levels incrementConcurrentUsers(int increment) {
    return ClosedSteps.incrementConcurrentUsers(increment);
  }

  /**
   * A rate over time from a file.
   *
   * @throws IllegalArgumentException naming the line that cannot be read, or the file
   */
  public static RateArrivals envelope(String file) {
    return envelope(file, 1, 1);
  }

  /**
   * A rate over time from a file, played faster and with another number of users.
   *
   * @param timeScale how much faster than the file, more than 0
   * @param rateScale how many times the file's rate, more than 0
   * @throws IllegalArgumentException naming the line that cannot be read, or the file
   */
  public static RateArrivals envelope(String file, double timeScale, double rateScale) {
    try {
      return Envelope.read(Path.of(file), timeScale, rateScale);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A trace of arrivals that really happened, whole; users find {@code inputTokens}, {@code
   * outputTokens} and, where tiers are assigned, {@code tier} among their attributes.
   *
   * @throws IllegalArgumentException naming the line that cannot be read, or the file
   */
  public static Replay trace(String file) {
    try {
      return Replay.of(TraceReader.read(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the trace: " + e.getMessage(), e);
    }
  }

  /** Sends a trace again. */
  public static Replay replay(Replay trace) {
    return trace;
  }

  public static AssertionScope global() {
    return AssertionScope.global();
  }

  public static AssertionScope forAll() {
    return AssertionScope.forAll();
  }

  public static AssertionScope details(String... path) {
    return AssertionScope.details(path);
  }

  public static AssertionScope tier(String name) {
    return AssertionScope.tier(name);
  }
}
