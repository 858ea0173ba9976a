package io.tidegate.engine;

import io.tidegate.engine.gate.GateSettings;
import java.time.Duration;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Engines whose gate has no latch, to see what it is worth. */
public final class Unlatched {
  private Unlatched() {}

  /** Stepped by hand. */
  public static Engine stepped(EngineSettings settings, NanoClock clock, EpochClock epochClock) {
    GateSettings withoutLatch = new GateSettings(Duration.ZERO);
    return Engine.stepped(Parts.make(settings, withoutLatch, clock, epochClock));
  }
}
