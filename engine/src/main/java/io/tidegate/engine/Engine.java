package io.tidegate.engine;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Allowance;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.IntervalTimes;
import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Decides which requests are let in: the one type of the engine that an outsider constructs.
 *
 * <p>Every decision is made on the caller's thread without a lock, and a refusal allocates nothing.
 * A few actors hand out seats to those who wait, close sessions and set the limit. Safe to use from
 * any thread.
 */
public final class Engine implements AutoCloseable {
  private final Parts parts;
  private final EngineActors actors;
  private final Decisions decisions;
  private final Stepper stepper;
  private volatile boolean draining;

  private Engine(Parts parts, EngineActors actors) {
    this.parts = parts;
    this.actors = actors;
    this.stepper = new Stepper(parts);
    this.decisions = new Decisions(parts.rooms(), parts.queue());
  }

  /**
   * Starts an engine with actors of its own. Makes the counters file anew, and its folder where
   * that is missing.
   *
   * @throws UncheckedIOException if the disk does not let it
   */
  public static Engine start(EngineSettings settings) {
    return start(settings, System::nanoTime);
  }

  /** The same with its actors in a system that somebody else ends, after the engine is closed. */
  public static Engine start(EngineSettings settings, ActorSystem<?> system) {
    Parts parts = Parts.make(settings, System::nanoTime, SystemEpochClock.INSTANCE);
    return new Engine(parts, EngineActors.in(system, parts));
  }

  static Engine start(EngineSettings settings, NanoClock clock) {
    Parts parts = Parts.make(settings, clock, SystemEpochClock.INSTANCE);
    return new Engine(parts, EngineActors.own(parts));
  }

  /**
   * An engine in which nothing happens by itself: whoever has the clocks in hand calls {@link
   * #step}, on one thread. For simulations and tests.
   */
  public static Engine stepped(EngineSettings settings, NanoClock clock, EpochClock epochClock) {
    return stepped(Parts.make(settings, clock, epochClock));
  }

  static Engine stepped(Parts parts) {
    return new Engine(parts, EngineActors.none(parts));
  }

  /** Does what is due at the clock's time: for an engine made by {@link #stepped}. */
  public void step() {
    stepper.step();
  }

  /**
   * Decides on one request, without waiting for anybody.
   *
   * @throws IllegalArgumentException if the subscriber's tier is not of this engine's table; such a
   *     request is not counted
   */
  public Admission admit(AdmissionRequest request) {
    long startNanos = parts.clock().nanoTime();
    ServiceClass asking = classOf(request.subscriber(), request.session());
    parts.counters().offered(asking.tier(), request.seats());
    Admission decision =
        draining
            ? refuse(asking, RefusalReason.DRAINING, Decisions.DRAINING_RETRY_MILLIS)
            : decisions.decide(request, asking, startNanos);
    if (LatencyRecorders.timesDecision(startNanos)) {
      parts.latencies().decision(parts.clock().nanoTime() - startNanos);
    }
    return decision;
  }

  /**
   * Refuses for a reason that the caller has found, and counts the request as offered and refused,
   * so that the books balance. For a request that was not admitted before.
   *
   * @param retryAfterMillis 0 or more, rounded up to a quarter of a second
   * @throws IllegalArgumentException if the time is negative, or the subscriber's tier is not of
   *     this engine's table; such a request is not counted
   */
  public Admission.Refused turnAway(
      Subscriber subscriber, RefusalReason reason, long retryAfterMillis) {
    if (retryAfterMillis < 0) {
      throw new IllegalArgumentException(
          "nobody can come back in the past: " + retryAfterMillis + " ms");
    }
    ServiceClass asking = tiers().classOf(tierOf(subscriber), Kind.OPENING);
    parts.counters().offered(asking.tier(), 1);
    return refuse(asking, reason, retryAfterMillis);
  }

  /**
   * The class in which a request of that session would be decided now. Changes nothing.
   *
   * @throws IllegalArgumentException if the subscriber's tier is not of this engine's table
   */
  public ServiceClass classOf(Subscriber subscriber, SessionKey session) {
    Kind kind = parts.sessions().isOpen(session) ? Kind.CONTINUING : Kind.OPENING;
    return tiers().classOf(tierOf(subscriber), kind);
  }

  /**
   * Ends a subscriber's session, at once or when what is in progress has ended.
   *
   * @return whether it was open
   */
  public boolean endSession(Subscriber subscriber, String name) {
    return parts.sessions().end(new SessionKey(subscriber.id(), name));
  }

  /** What is left of a subscriber's requests a minute; empty if they are unlimited. */
  public Optional<Allowance> requestsAllowance(Subscriber subscriber) {
    return parts
        .quotas()
        .requestsAllowance(subscriber.id(), tierOf(subscriber), parts.clock().nanoTime());
  }

  /** What is left of a subscriber's tokens a minute; empty if they are unlimited. */
  public Optional<Allowance> tokensAllowance(Subscriber subscriber) {
    return parts
        .quotas()
        .tokensAllowance(subscriber.id(), tierOf(subscriber), parts.clock().nanoTime());
  }

  /** From now on every request is refused; those that run or wait are left alone. */
  public void drain() {
    draining = true;
  }

  /** The settings in force. */
  public EngineSettings settings() {
    return parts.settings();
  }

  /**
   * Puts other settings in force while requests run: limit and reserve within a tenth of a second,
   * tiers' quotas, waits and the rule for new subscribers for requests that come from now on. Who
   * holds more than is allowed then keeps it to its end.
   *
   * @throws IllegalArgumentException if the settings differ in anything else, see {@link
   *     EngineSettings#changesInto}; nothing is changed then
   */
  public synchronized void change(EngineSettings next) {
    parts.change(next);
  }

  /** Whether every request is refused because the engine is going away. */
  public boolean draining() {
    return draining;
  }

  /** Seats held now, by all tiers. */
  public long inflightSeats() {
    return parts.gate().inflightSeats();
  }

  /** Whether a request waits in the queue. */
  public boolean anybodyWaiting() {
    return parts.gate().anybodyWaiting();
  }

  /** The tiers this engine tells apart. */
  public TierTable tiers() {
    return parts.settings().tiers();
  }

  /** The state of everything at this moment, for people and metrics. */
  public EngineSnapshot snapshot() {
    return Snapshots.of(parts);
  }

  /** Histograms for {@link #takeTimes}. */
  public IntervalTimes intervalTimes() {
    return parts.latencies().intervalTimes(tiers());
  }

  /**
   * Moves the times recorded since the last call into histograms; what they held is gone. Each time
   * goes to one taker, so that there should be one.
   */
  public void takeTimes(IntervalTimes into) {
    parts.latencies().take(into, tiers());
  }

  /** What the control loops decided last, and why. */
  public ControlSnapshot control() {
    return parts.control().snapshot();
  }

  /**
   * Says how many seats the healthy upstreams have together; the limit is not higher from then on.
   *
   * @param seats at least 1; empty: any number
   */
  public void upstreamSeats(OptionalInt seats) {
    parts.control().upstreamSeats(seats);
  }

  /**
   * Drains, refuses those who wait, ends the actors, and brings the counters to disk. Permits still
   * out may be completed afterwards; the mapped file is let go when nothing refers to the engine
   * any more.
   */
  @Override
  public void close() {
    drain();
    actors.close();
    parts.counters().force();
  }

  private Admission.Refused refuse(ServiceClass asking, RefusalReason reason, long millis) {
    parts.counters().refused(asking.tier(), reason);
    return parts.gate().refuse(asking, reason, millis);
  }

  private Tier tierOf(Subscriber subscriber) {
    return subscriber.subscribedAtEpochMillis().isEmpty()
        ? subscriber.tier()
        : parts.tierOf(subscriber);
  }
}
