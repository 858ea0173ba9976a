package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.ExpectedResume.Basis;
import io.tidegate.engine.signup.ledger.Figures;
import io.tidegate.engine.signup.ledger.HourlyUse;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Reads from the trend of free places when a plan may be sold again. The trend is the slope of a
 * straight line through the last day and through the last three days, by least squares; the two
 * give the range. No promise: what people will do is not known.
 */
final class Trend {
  private static final int SHORT_HOURS = 24;
  private static final int LONG_HOURS = 72;
  private static final double MOST_HOURS = 60 * 24;
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long HOLD_MILLIS = TimeUnit.MINUTES.toMillis(30);

  private Trend() {}

  /** When a plan that load keeps closed may be sold again. */
  static ExpectedResume of(long nowEpochMillis, Figures figures, List<HourlyUse> hours) {
    return switch (LoadReason.of(figures)) {
      case HEAVY_LOAD ->
          ExpectedResume.between(
              figures.holdUntilEpochMillis().getAsLong(),
              figures.holdUntilEpochMillis().getAsLong() + HOLD_MILLIS,
              Basis.AFTER_THE_LOAD);
      case WAITING_FIRST -> ExpectedResume.unknown(Basis.WAITING_FIRST);
      case ALL_TAKEN, FEW_FREE -> bySlope(nowEpochMillis, figures, hours);
    };
  }

  private static ExpectedResume bySlope(
      long nowEpochMillis, Figures figures, List<HourlyUse> hours) {
    List<HourlyUse> counted = hours.stream().filter(hour -> hour.free().isPresent()).toList();
    OptionalDouble lately = slope(counted, SHORT_HOURS);
    OptionalDouble longer = slope(counted, LONG_HOURS);
    if (lately.isEmpty() || longer.isEmpty()) {
      return ExpectedResume.unknown(Basis.TOO_EARLY);
    }
    double missing =
        LoadRule.freeToOpen(figures.places().getAsLong()) - figures.free().getAsLong() + 1;
    double soon = missing / Math.max(lately.getAsDouble(), longer.getAsDouble());
    double late = missing / Math.min(lately.getAsDouble(), longer.getAsDouble());
    if (!(soon > 0 && late > 0 && late <= MOST_HOURS)) {
      return ExpectedResume.unknown(Basis.NOT_RISING);
    }
    return ExpectedResume.between(
        nowEpochMillis + (long) (soon * HOUR_MILLIS),
        nowEpochMillis + (long) (late * HOUR_MILLIS),
        Basis.TREND);
  }

  /** Places an hour; empty: there is too little to draw a line through. */
  private static OptionalDouble slope(List<HourlyUse> counted, int over) {
    if (counted.size() < SHORT_HOURS) {
      return OptionalDouble.empty();
    }
    long last = counted.get(counted.size() - 1).hour();
    List<HourlyUse> lately = counted.stream().filter(hour -> hour.hour() > last - over).toList();
    if (lately.size() < SHORT_HOURS / 2) {
      return OptionalDouble.empty();
    }
    double meanHour = lately.stream().mapToLong(HourlyUse::hour).average().orElseThrow();
    double meanFree =
        lately.stream().mapToLong(hour -> hour.free().getAsLong()).average().orElseThrow();
    double together = 0;
    double spread = 0;
    for (HourlyUse hour : lately) {
      double away = hour.hour() - meanHour;
      together += away * (hour.free().getAsLong() - meanFree);
      spread += away * away;
    }
    return OptionalDouble.of(together / spread);
  }
}
