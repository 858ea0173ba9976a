package io.tidegate.engine.simulation;

import io.tidegate.engine.simulation.result.TierResult;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Counts what becomes of one tier's requests. */
final class TierTally {
  private static final long MOST_MILLIS = 600_000;

  private final Histogram firstTokenMillis = new Histogram(1, MOST_MILLIS, 3);
  private final List<Long> admittedBySecond = new ArrayList<>();
  private final List<Long> refusedBySecond = new ArrayList<>();
  private long offered;
  private long admitted;
  private long admittedNow;
  private long refusedNow;

  void admitted(boolean counts) {
    admittedNow++;
    if (counts) {
      offered++;
      admitted++;
    }
  }

  void refused(boolean counts) {
    refusedNow++;
    if (counts) {
      offered++;
    }
  }

  void firstToken(double seconds) {
    firstTokenMillis.recordValue(Math.min(MOST_MILLIS, (long) (seconds * 1e3)));
  }

  void second() {
    admittedBySecond.add(admittedNow);
    refusedBySecond.add(refusedNow);
    admittedNow = 0;
    refusedNow = 0;
  }

  TierResult result() {
    return new TierResult(
        offered,
        admitted,
        firstTokenMillis.getValueAtPercentile(99) / 1e3,
        admittedBySecond,
        refusedBySecond);
  }
}
