package io.tidegate.loadtest.run;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How much the generator may get in its own way before its numbers cannot be believed.
 *
 * @param lagP99Millis how late 99 of 100 requests may at most be fired
 * @param lagMaxMillis how late any may be
 * @param blockedP99Millis how long 99 of 100 may at most wait for a connection
 * @param gcLongestMillis how long one pause of its garbage collector may be
 * @param gcShare which part of the run its collector may take, 0 to 1
 * @param starvedShare which part of the run its threads may wait for a processor, 0 to 1
 */
public record HealthBounds(
    long lagP99Millis,
    long lagMaxMillis,
    long blockedP99Millis,
    long gcLongestMillis,
    double gcShare,
    double starvedShare) {

  /** A run of seconds and answers of seconds can bear this much. */
  public static HealthBounds defaults() {
    return new HealthBounds(50, 1_000, 50, 500, 0.05, 0.10);
  }

  /** What was measured, with a sentence for everything that went over its bound. */
  GeneratorHealth judge(
      Distribution lag,
      Distribution blocked,
      Stalls.Total stalls,
      long wallNanos,
      long unsent,
      boolean mayBlock) {
    List<String> problems = new ArrayList<>();
    millis(problems, "99 % of requests were fired within", lag.percentileNanos(99), lagP99Millis);
    millis(problems, "the latest request was fired after", lag.maxNanos(), lagMaxMillis);
    if (!mayBlock) {
      millis(
          problems,
          "99 % of requests had a connection within",
          blocked.percentileNanos(99),
          blockedP99Millis);
    }
    millis(problems, "a garbage collection took", stalls.gcLongestNanos(), gcLongestMillis);
    share(problems, "garbage collection took", stalls.gcNanos(), wallNanos, gcShare);
    share(problems, "threads were starved for", stalls.starvedNanos(), wallNanos, starvedShare);
    if (unsent > 0) {
      problems.add(unsent + " requests were never sent: the arrivals were cut short");
    }
    return new GeneratorHealth(
        lag,
        blocked,
        stalls.gcNanos(),
        stalls.gcLongestNanos(),
        stalls.starvedNanos(),
        wallNanos,
        unsent,
        problems);
  }

  private static void millis(List<String> problems, String what, long nanos, long boundMillis) {
    if (nanos > TimeUnit.MILLISECONDS.toNanos(boundMillis)) {
      problems.add(
          String.format(Locale.ROOT, "%s %.1f ms, over the %d ms", what, nanos / 1e6, boundMillis)
              + " allowed");
    }
  }

  private static void share(
      List<String> problems, String what, long nanos, long wallNanos, double bound) {
    double share = (double) nanos / Math.max(1, wallNanos);
    if (share > bound) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%s %.1f %% of the run, over the %.0f %% allowed",
              what,
              100 * share,
              100 * bound));
    }
  }
}
