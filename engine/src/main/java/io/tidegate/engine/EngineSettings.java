package io.tidegate.engine;

import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.session.SessionSettings;
import io.tidegate.engine.tier.NewSubscriberRule;
import io.tidegate.engine.tier.TierTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an engine is started with.
 *
 * @param tiers who is told from whom
 * @param limit where the ceiling of inflight seats comes from
 * @param reserveSeats seats of the limit that only the best tier may take; empty: as many as its
 *     own arrivals need. What is kept is at most three tenths of the limit, and nothing without a
 *     limit or with a single tier
 * @param quotas what subscribers, tiers and features are entitled to
 * @param waits who may wait for a seat, and how long
 * @param newSubscribers who counts as new
 * @param sessions how long sessions stay open, and how many there may be
 * @param countersFile where the counters are kept, made anew at each start with its folder; empty:
 *     in memory alone
 * @param limitFile where a limit that was found is kept over a restart; empty: nowhere
 */
public record EngineSettings(
    TierTable tiers,
    LimitSettings limit,
    OptionalInt reserveSeats,
    QuotaSettings quotas,
    WaitSettings waits,
    NewSubscriberRule newSubscribers,
    SessionSettings sessions,
    Optional<Path> countersFile,
    Optional<Path> limitFile) {
  private static final int SHADOW_MIN_SEATS = 8;
  private static final int SHADOW_MAX_SEATS = 4_000;

  public EngineSettings {
    Objects.requireNonNull(tiers, "tiers");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(waits, "waits");
    Objects.requireNonNull(newSubscribers, "newSubscribers");
    Objects.requireNonNull(sessions, "sessions");
    Objects.requireNonNull(countersFile, "countersFile");
    Objects.requireNonNull(limitFile, "limitFile");
    if (reserveSeats.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "the reserve cannot be negative: " + reserveSeats.getAsInt());
    }
    if (quotas.byTier().size() != tiers.tiers().size()) {
      throw new IllegalArgumentException(
          "quotas for %d tiers, and there are %d"
              .formatted(quotas.byTier().size(), tiers.tiers().size()));
    }
  }

  /**
   * Whether a running engine can take these settings in the place of its own: whether they differ
   * in limit, reserve, tiers' quotas, waits, the rule for new subscribers, and the features' seats,
   * shares and tiers alone.
   */
  public boolean changesInto(EngineSettings next) {
    return tiers.tiers().equals(next.tiers.tiers())
        && tiers.classes().equals(next.tiers.classes())
        && tiers.best().equals(next.tiers.best())
        && buckets(quotas.features()).equals(buckets(next.quotas.features()))
        && quotas.maxSubscribers() == next.quotas.maxSubscribers()
        && waits.mostPerClass() == next.waits.mostPerClass()
        && sessions.equals(next.sessions)
        && countersFile.equals(next.countersFile)
        && limitFile.equals(next.limitFile);
  }

  /** What a subscriber's account has to have room for. */
  private static List<Map.Entry<String, Optional<Feature.Quota>>> buckets(List<Feature> features) {
    return features.stream().map(feature -> Map.entry(feature.name(), feature.quota())).toList();
  }

  /** Nobody is capped and nobody waits; what the limit would be is computed and shown. */
  public static EngineSettings of(TierTable tiers) {
    return new EngineSettings(
        tiers,
        new LimitSettings.Shadow(
            OptionalInt.empty(),
            new LimitSettings.Adaptive(
                OptionalInt.empty(), SHADOW_MIN_SEATS, SHADOW_MAX_SEATS, Objective.defaults())),
        OptionalInt.empty(),
        QuotaSettings.unlimited(tiers),
        WaitSettings.none(),
        NewSubscriberRule.off(),
        SessionSettings.defaults(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with another source of the limit. */
  public EngineSettings withLimit(LimitSettings limit) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        limitFile);
  }

  /** The same with a fixed limit and a fixed reserve. */
  public EngineSettings withLimit(int seats, int reserveSeats) {
    return withLimit(new LimitSettings.Fixed(seats)).withReserve(OptionalInt.of(reserveSeats));
  }

  /** The same with another reserve. */
  public EngineSettings withReserve(OptionalInt reserveSeats) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        limitFile);
  }

  /** The same with other quotas. */
  public EngineSettings withQuotas(QuotaSettings quotas) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        limitFile);
  }

  /** The same with other waits. */
  public EngineSettings withWaits(WaitSettings waits) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        limitFile);
  }

  /** The same with another rule of who is new. */
  public EngineSettings withNewSubscribers(NewSubscriberRule newSubscribers) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        limitFile);
  }

  /** The same with other sessions. */
  public EngineSettings withSessions(SessionSettings sessions) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        limitFile);
  }

  /** The same with its counters in a file. */
  public EngineSettings withCountersFile(Path file) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        Optional.of(file),
        limitFile);
  }

  /** The same with a limit that is kept over a restart. */
  public EngineSettings withLimitFile(Path file) {
    return new EngineSettings(
        tiers,
        limit,
        reserveSeats,
        quotas,
        waits,
        newSubscribers,
        sessions,
        countersFile,
        Optional.of(file));
  }
}
