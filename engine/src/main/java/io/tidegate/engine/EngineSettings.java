package io.tidegate.engine;

import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an engine is started with.
 *
 * @param tiers who is told from whom
 * @param limitSeats the ceiling of inflight seats, at least 1; empty: nobody is refused for want of
 *     room
 * @param reserveSeats seats of the limit that only the best tier may take. What is kept is at most
 *     three tenths of the limit, and nothing without a limit or with a single tier
 * @param countersFile where the counters are kept; made anew at each start, with its folder
 */
public record EngineSettings(
    TierTable tiers, OptionalInt limitSeats, int reserveSeats, Path countersFile) {
  private static final int MAX_RESERVE_TENTHS = 3;

  public EngineSettings {
    Objects.requireNonNull(tiers, "tiers");
    Objects.requireNonNull(limitSeats, "limitSeats");
    Objects.requireNonNull(countersFile, "countersFile");
    if (limitSeats.isPresent() && limitSeats.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "the limit must be at least one seat, not " + limitSeats.getAsInt());
    }
    if (reserveSeats < 0) {
      throw new IllegalArgumentException("the reserve cannot be negative: " + reserveSeats);
    }
    int most =
        tiers.tiers().size() == 1
            ? 0
            : (int) (limitSeats.orElse(0) * (long) MAX_RESERVE_TENTHS / 10);
    reserveSeats = Math.min(reserveSeats, most);
  }

  /** Default tiers, no limit. */
  public static EngineSettings defaults(Path countersFile) {
    return new EngineSettings(TierTable.defaults(), OptionalInt.empty(), 0, countersFile);
  }

  /** The same with a fixed limit. */
  public EngineSettings withLimit(int seats, int reserveSeats) {
    return new EngineSettings(tiers, OptionalInt.of(seats), reserveSeats, countersFile);
  }
}
