package io.tidegate.engine.limit;

import io.tidegate.engine.limit.signs.Sample;
import java.util.Optional;
import java.util.OptionalInt;

/** Enforces the operator's limit, or none, and shows what the adaptive one would be. */
final class ShadowLimit implements LimitPolicy {
  private final OptionalInt enforcedSeats;
  private final AdaptiveLimit computed;

  ShadowLimit(OptionalInt enforcedSeats, AdaptiveLimit computed) {
    this.enforcedSeats = enforcedSeats;
    this.computed = computed;
  }

  @Override
  public OptionalInt seats() {
    return enforcedSeats;
  }

  @Override
  public LimitStep step(Sample sample, long nowNanos) {
    LimitStep shown = computed.step(sample, nowNanos);
    return new LimitStep(
        enforcedSeats, shown.seats(), shown.move(), shown.reason(), shown.alarms());
  }

  @Override
  public Optional<LimitState> state(long nowEpochMillis) {
    return computed.state(nowEpochMillis);
  }
}
