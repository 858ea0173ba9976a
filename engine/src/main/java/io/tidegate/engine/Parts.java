package io.tidegate.engine;

import io.tidegate.engine.control.ControlLoop;
import io.tidegate.engine.control.LimitFile;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.gate.GateSettings;
import io.tidegate.engine.limit.LimitPolicy;
import io.tidegate.engine.queue.RequestQueue;
import io.tidegate.engine.queue.Wake;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.reserve.Reserve;
import io.tidegate.engine.session.Sessions;
import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.telemetry.counter.Counters;
import io.tidegate.engine.telemetry.stream.StreamSamples;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** What an engine is made of, put together in the order in which one needs the other. */
record Parts(
    AtomicReference<EngineSettings> current,
    NanoClock clock,
    EpochClock epochClock,
    Rooms rooms,
    RequestQueue queue,
    Wake wake,
    ControlLoop control,
    Optional<LimitFile> limitFile) {

  /**
   * Makes all parts; nothing runs yet.
   *
   * @throws UncheckedIOException if the counters file cannot be made
   */
  static Parts make(EngineSettings settings, NanoClock clock, EpochClock epochClock) {
    return make(settings, GateSettings.defaults(), clock, epochClock);
  }

  static Parts make(
      EngineSettings settings, GateSettings gateSettings, NanoClock clock, EpochClock epochClock) {
    long nowNanos = clock.nanoTime();
    Counters counters = counters(settings, epochClock);
    Wake wake = new Wake();
    Gate gate = new Gate(gateSettings, settings.tiers(), Integer.MAX_VALUE, 0, nowNanos, wake);
    Quotas quotas = new Quotas(settings.quotas(), settings.sessions().shards());
    Sessions sessions = new Sessions(settings.sessions(), quotas, nowNanos);
    Rooms rooms =
        new Rooms(
            gate,
            quotas,
            sessions,
            counters,
            new LatencyRecorders(settings.tiers()),
            new StreamSamples(nowNanos),
            clock);
    RequestQueue queue = new RequestQueue(gate, settings.tiers(), settings.waits(), clock, wake);
    Optional<LimitFile> limitFile = settings.limitFile().map(LimitFile::new);
    ControlLoop control =
        new ControlLoop(
            LimitPolicy.of(settings.limit(), limitFile.flatMap(LimitFile::read), epochClock.time()),
            new Reserve(settings.reserveSeats(), settings.tiers().tiers().size() == 1),
            rooms.samples(),
            new EngineBooks(settings.tiers(), gate, counters),
            (limitSeats, reserveSeats) -> {
              gate.publish(limitSeats, reserveSeats);
              counters.ceiling(limitSeats == Integer.MAX_VALUE ? 0 : limitSeats, reserveSeats);
            },
            nowNanos);
    return new Parts(
        new AtomicReference<>(settings), clock, epochClock, rooms, queue, wake, control, limitFile);
  }

  /** The settings in force. */
  EngineSettings settings() {
    return current.get();
  }

  /**
   * Puts other settings in force: of limit and reserve from the next tick on, of the rest for
   * requests that come from now on.
   *
   * @throws IllegalArgumentException if they differ in what cannot change
   */
  void change(EngineSettings next) {
    EngineSettings before = settings();
    if (!before.changesInto(next)) {
      throw new IllegalArgumentException(
          "tiers, features, sessions, files and the queue's length do not change");
    }
    boolean otherReserve = !before.reserveSeats().equals(next.reserveSeats());
    if (otherReserve || !before.limit().equals(next.limit())) {
      boolean single = next.tiers().tiers().size() == 1;
      control.change(
          next.limit(),
          !before.limit().startSeats().equals(next.limit().startSeats()),
          otherReserve ? Optional.of(new Reserve(next.reserveSeats(), single)) : Optional.empty());
    }
    rooms.quotas().change(next.quotas().byTier());
    queue.change(next.waits());
    current.set(next);
  }

  Gate gate() {
    return rooms.gate();
  }

  Quotas quotas() {
    return rooms.quotas();
  }

  Sessions sessions() {
    return rooms.sessions();
  }

  Counters counters() {
    return rooms.counters();
  }

  LatencyRecorders latencies() {
    return rooms.latencies();
  }

  /** The tier in which a subscriber is served now. */
  Tier tierOf(Subscriber subscriber) {
    return settings()
        .newSubscribers()
        .tierOf(subscriber, epochClock.time(), control.surgeSinceEpochMillis());
  }

  private static Counters counters(EngineSettings settings, EpochClock epochClock) {
    if (settings.countersFile().isEmpty()) {
      return Counters.inMemory(settings.tiers());
    }
    try {
      return Counters.create(settings.countersFile().get(), settings.tiers(), epochClock.time());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make the counters file " + settings.countersFile().get() + ": " + e.getMessage(),
          e);
    }
  }
}
