package io.tidegate.engine;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.telemetry.CutCause;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Puts together what an engine shows of itself. */
final class Snapshots {
  private Snapshots() {}

  static EngineSnapshot of(Parts parts) {
    long nowNanos = parts.clock().nanoTime();
    Gate gate = parts.gate();
    List<TierSnapshot> tiers =
        parts.settings().tiers().tiers().stream()
            .map(
                tier ->
                    parts
                        .counters()
                        .snapshotOf(
                            tier, parts.sessions().open(tier), parts.latencies().snapshotOf(tier)))
            .toList();
    Map<ServiceClass, Boolean> latched = new LinkedHashMap<>();
    for (ServiceClass each : parts.settings().tiers().classes()) {
      latched.put(each, gate.latched(each, nowNanos));
    }
    Map<String, Long> features = new LinkedHashMap<>();
    parts
        .settings()
        .quotas()
        .features()
        .forEach(each -> features.put(each.name(), parts.quotas().featureSeats(each)));
    int limit = gate.limitSeats();
    return new EngineSnapshot(
        tiers,
        gate.inflightSeats(),
        limit == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(limit),
        gate.reserveSeats(),
        Collections.unmodifiableMap(latched),
        Collections.unmodifiableMap(features),
        parts.latencies().decisionSnapshot(),
        streamsCut(tiers));
  }

  private static Map<CutCause, Long> streamsCut(List<TierSnapshot> tiers) {
    Map<CutCause, Long> cut = new EnumMap<>(CutCause.class);
    cut.put(
        CutCause.DRAIN, tiers.stream().mapToLong(tier -> tier.completed().get(Outcome.CUT)).sum());
    cut.put(CutCause.SHED, 0L);
    return Collections.unmodifiableMap(cut);
  }
}
