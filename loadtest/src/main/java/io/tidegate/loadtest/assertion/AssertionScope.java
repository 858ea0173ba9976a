package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.assertion.Scope.Span;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** A part of a run, of which a statistic can be asked. Immutable. */
public final class AssertionScope {

  private final Function<RunData, List<Scope>> scopes;

  private AssertionScope(Function<RunData, List<Scope>> scopes) {
    this.scopes = scopes;
  }

  /** All requests. */
  public static AssertionScope global() {
    return new AssertionScope(run -> List.of(Scope.all(run)));
  }

  /** Each request by its name, one judgement for each. */
  public static AssertionScope forAll() {
    return new AssertionScope(
        run -> run.requests().stream().map(name -> Scope.all(run).ofRequest(name)).toList());
  }

  /** The requests of one name, with the groups it is in: {@code group / name}. */
  public static AssertionScope details(String... path) {
    return new AssertionScope(run -> List.of(Scope.all(run).ofRequest(String.join(" / ", path))));
  }

  /** The requests of one tier. */
  public static AssertionScope tier(String name) {
    return new AssertionScope(run -> List.of(Scope.all(run).ofTier(name)));
  }

  /** Only what was fired, or meant to be, in a stretch of the run; counted in whole seconds. */
  public AssertionScope between(Duration from, Duration to) {
    Span span = new Span(from.toSeconds(), to.toSeconds());
    return new AssertionScope(
        run -> scopes.apply(run).stream().map(scope -> scope.between(span)).toList());
  }

  /** From the intended time to the end, of requests answered whole; in milliseconds. */
  public Percentiles responseTime() {
    return percentiles("response time", Phase.WHOLE);
  }

  /** From the intended time to the first token with content; in milliseconds. */
  public Percentiles ttft() {
    return percentiles("time to first token", Phase.FIRST_TOKEN);
  }

  /** From one token to the next; in milliseconds. */
  public Percentiles interTokenLatency() {
    return percentiles("inter-token latency", Phase.BETWEEN_TOKENS);
  }

  /** How late requests were fired by the generator; in milliseconds, over the whole run. */
  public Percentiles scheduleLag() {
    return new Percentiles(scopes, "schedule lag", slice -> slice.run().health().lag());
  }

  public Counts allRequests() {
    return new Counts(scopes, "all requests", Slice::ended);
  }

  /** Answered whole. */
  public Counts successfulRequests() {
    return new Counts(scopes, "successful requests", Slice::ok);
  }

  /** Failed; a refusal is none. */
  public Counts failedRequests() {
    return new Counts(scopes, "failed requests", Slice::ko);
  }

  /** Refused. */
  public Counts shedRequests() {
    return new Counts(scopes, "shed requests", Slice::shed);
  }

  public Conditions requestsPerSec() {
    return number("requests per second", "/s", slice -> slice.ended() / slice.seconds());
  }

  /**
   * The share of all requests, refusals and failures among them, that were answered whole with a
   * first token within the bound; in percent.
   */
  public Conditions goodput(Duration firstToken) {
    return share(
        "goodput within " + firstToken.toMillis() + " ms",
        slice -> slice.latencies(Outcome.OK, Phase.FIRST_TOKEN).countWithin(firstToken.toNanos()),
        Slice::ended);
  }

  /** The share of begun conversations whose every turn was answered whole; in percent. */
  public Conditions conversationsCompleted() {
    return share(
        "conversations completed",
        slice -> sum(slice, tier -> slice.run().total(tier).conversationsCompleted()),
        slice -> sum(slice, tier -> slice.run().total(tier).conversationsBegun()));
  }

  /** Seconds in which a worse class was admitted while a better one was refused. */
  public Conditions priorityInversions() {
    return number("priority inversions", "", slice -> slice.run().inversions().size());
  }

  /**
   * How long after the last marked step the time to the first token settles: from then on its 99th
   * percentile stays within the objective for so long; in seconds. Fails if it never does.
   */
  public Conditions convergenceTime(Duration objective, Duration staysFor) {
    return convergence("convergence time", "s", objective, staysFor, Convergence::seconds);
  }

  /** How far, before it settles, the 99th percentile went above the objective; in milliseconds. */
  public Conditions overshoot(Duration objective, Duration staysFor) {
    return convergence("overshoot", "ms", objective, staysFor, Convergence::overshootMillis);
  }

  /** By how much and how long, before it settles, it was above: in seconds times seconds. */
  public Conditions areaAboveObjective(Duration objective, Duration staysFor) {
    return convergence("area above objective", "s²", objective, staysFor, Convergence::areaSeconds);
  }

  /**
   * How evenly the subscribers of the scope were served: Jain's index, 1 for all alike, 1/n for one
   * alone.
   */
  public Conditions fairnessIndex() {
    return new Conditions(
        scopes, new Statistic("fairness index", "", slice -> Fairness.index(servedOf(slice))));
  }

  private static List<Long> servedOf(Slice slice) {
    return slice.scope().tiers().stream()
        .flatMap(tier -> slice.run().total(tier).servedBySubscriber().stream())
        .toList();
  }

  private Percentiles percentiles(String label, Phase phase) {
    return new Percentiles(scopes, label, slice -> slice.latencies(Outcome.OK, phase));
  }

  private Conditions convergence(
      String label,
      String unit,
      Duration objective,
      Duration staysFor,
      ToDoubleFunction<Convergence> number) {
    return new Conditions(
        scopes,
        new Statistic(
            label,
            unit,
            slice ->
                Convergence.of(slice, objective.toNanos(), staysFor.toSeconds())
                    .map(found -> OptionalDouble.of(number.applyAsDouble(found)))
                    .orElse(OptionalDouble.empty())));
  }

  private Conditions number(String label, String unit, ToDoubleFunction<Slice> compute) {
    return new Conditions(scopes, Statistic.of(label, unit, compute::applyAsDouble));
  }

  private Conditions share(String label, ToLongFunction<Slice> part, ToLongFunction<Slice> whole) {
    return new Conditions(
        scopes,
        new Statistic(
            label,
            "%",
            slice -> {
              long all = whole.applyAsLong(slice);
              return all == 0
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(100.0 * part.applyAsLong(slice) / all);
            }));
  }

  private static long sum(Slice slice, ToLongFunction<String> ofTier) {
    return slice.scope().tiers().stream().mapToLong(ofTier).sum();
  }

  static double millis(long nanos) {
    return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
