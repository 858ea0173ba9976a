package io.tidegate.loadtest.report;

import io.tidegate.loadtest.assertion.AssertionResult;
import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.InversionWindow;
import io.tidegate.loadtest.record.result.Manifest;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Paired;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.TierInterval;
import io.tidegate.loadtest.record.result.TierTotals;
import io.tidegate.loadtest.run.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What a page is given to draw. Tiers are told apart by their place in a list; times are in
 * milliseconds, moments in seconds from the start of a run.
 *
 * @param bucketsPerOctave see {@link LogBuckets}
 * @param runs one, or two to be compared
 */
record PageData(int bucketsPerOctave, List<OneRun> runs) {

  static PageData of(List<ReportedRun> runs) {
    return new PageData(LogBuckets.PER_OCTAVE, runs.stream().map(OneRun::of).toList());
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  /** One run. */
  record OneRun(
      String label,
      ReportedRun.Standing standing,
      String sentence,
      boolean cutShort,
      double objectiveMillis,
      List<String> tiers,
      List<Stretch> stretches,
      List<TierTotal> totals,
      List<Measured> measured,
      List<PageMark> marks,
      List<InversionWindow> inversions,
      List<AssertionResult> assertions,
      Health health,
      Manifest manifest,
      Added added) {

    static OneRun of(ReportedRun reported) {
      RunData run = reported.run();
      return new OneRun(
          reported.label(),
          reported.standing(),
          Sentence.of(run),
          run.cutShort(),
          millis(run.manifest().firstTokenObjectiveNanos()),
          run.tiers(),
          Stretches.of(run.intervals(), run.tiers()),
          run.tiers().stream().map(tier -> TierTotal.of(run.total(tier))).toList(),
          Measured.of(run),
          run.marks().stream().map(mark -> new PageMark(mark.nanos() / 1e9, mark.label())).toList(),
          run.inversions(),
          reported.results(),
          Health.of(run.health()),
          run.manifest(),
          Added.of(run.paired()));
    }
  }

  /** A moment at which something changed on purpose. */
  record PageMark(double second, String label) {}

  /** What the target adds to requests that were sent around it too. */
  record Added(long pairs, List<AddedTo> to) {

    static Added of(Paired paired) {
      return new Added(
          paired.pairs(),
          List.of(
              AddedTo.of("first token", paired::addedFirstTokenMicros),
              AddedTo.of("whole answer", paired::addedWholeMicros)));
    }
  }

  /** Differences of percentiles, in microseconds. */
  record AddedTo(String what, double p50Micros, double p99Micros, double p999Micros) {

    static AddedTo of(String what, DoubleUnaryOperator addedMicros) {
      return new AddedTo(
          what,
          addedMicros.applyAsDouble(50),
          addedMicros.applyAsDouble(99),
          addedMicros.applyAsDouble(99.9));
    }
  }

  /** A second of a run, or several where it is long. */
  record Stretch(
      long second,
      int seconds,
      long activeUsers,
      double lagMaxMillis,
      double pausedMillis,
      List<TierStretch> tiers) {

    static Stretch of(Interval interval, List<String> tiers) {
      return new Stretch(
          interval.second(),
          interval.seconds(),
          interval.activeUsers(),
          millis(interval.lagMaxNanos()),
          millis(interval.pausedNanos()),
          tiers.stream().map(tier -> TierStretch.of(interval.tier(tier))).toList());
    }
  }

  /** One tier in it. */
  record TierStretch(
      long offered,
      long ok,
      Map<String, Long> shed,
      Map<String, Long> ko,
      long tokens,
      Buckets firstToken) {

    static TierStretch of(TierInterval tier) {
      return new TierStretch(
          tier.offered(),
          tier.ok(),
          tier.shed(),
          tier.ko(),
          tier.tokens(),
          Buckets.of(tier.firstToken()));
    }
  }

  /** Latencies that a page can merge; see {@link LogBuckets} for the counts. */
  record Buckets(long count, double maxMillis, List<Long> counts) {

    static Buckets of(Distribution distribution) {
      return new Buckets(
          distribution.count(), millis(distribution.maxNanos()), LogBuckets.of(distribution));
    }
  }

  /** One tier over the whole run. */
  record TierTotal(
      long offered,
      long ok,
      Map<String, Long> shed,
      Map<String, Long> ko,
      long tokens,
      long conversationsBegun,
      long conversationsCompleted) {

    static TierTotal of(TierTotals total) {
      return new TierTotal(
          total.offered(),
          total.ok(),
          total.shed(),
          total.ko(),
          total.tokens(),
          total.conversationsBegun(),
          total.conversationsCompleted());
    }
  }

  /** One phase of what a tier was answered whole, over the whole run. */
  record Measured(
      String tier,
      Phase phase,
      long count,
      double p50Millis,
      double p90Millis,
      double p99Millis,
      double p999Millis,
      double p9999Millis,
      double maxMillis) {

    static List<Measured> of(RunData run) {
      List<Measured> all = new ArrayList<>();
      for (String tier : run.tiers()) {
        for (Phase phase : Phase.values()) {
          Distribution found = run.latencies(tier, Outcome.OK, phase);
          if (found.count() > 0) {
            all.add(of(tier, phase, found));
          }
        }
      }
      return all;
    }

    private static Measured of(String tier, Phase phase, Distribution found) {
      return new Measured(
          tier,
          phase,
          found.count(),
          millis(found.percentileNanos(50)),
          millis(found.percentileNanos(90)),
          millis(found.percentileNanos(99)),
          millis(found.percentileNanos(99.9)),
          millis(found.percentileNanos(99.99)),
          millis(found.maxNanos()));
    }
  }

  /** What the generator did to the run. */
  record Health(
      double lagP99Millis,
      double lagMaxMillis,
      double blockedP99Millis,
      double blockedMaxMillis,
      double gcMillis,
      double gcLongestMillis,
      double starvedMillis,
      double wallSeconds,
      long unsent,
      List<String> problems) {

    static Health of(GeneratorHealth health) {
      return new Health(
          millis(health.lag().percentileNanos(99)),
          millis(health.lag().maxNanos()),
          millis(health.blocked().percentileNanos(99)),
          millis(health.blocked().maxNanos()),
          millis(health.gcNanos()),
          millis(health.gcLongestNanos()),
          millis(health.starvedNanos()),
          health.wallNanos() / 1e9,
          health.unsent(),
          health.problems());
    }
  }
}
