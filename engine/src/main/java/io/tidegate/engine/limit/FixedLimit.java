package io.tidegate.engine.limit;

import io.tidegate.engine.limit.signs.Sample;
import java.util.Optional;
import java.util.OptionalInt;

/** The limit that the operator has given. It never moves. */
final class FixedLimit implements LimitPolicy {
  private final OptionalInt seats;

  FixedLimit(int seats) {
    this.seats = OptionalInt.of(seats);
  }

  @Override
  public OptionalInt seats() {
    return seats;
  }

  @Override
  public LimitStep step(Sample sample, long nowNanos) {
    return new LimitStep(seats, LimitStep.Move.FIXED, "given by the operator");
  }

  @Override
  public Optional<LimitState> state(long nowEpochMillis) {
    return Optional.empty();
  }
}
