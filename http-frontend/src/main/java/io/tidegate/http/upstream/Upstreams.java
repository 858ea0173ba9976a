package io.tidegate.http.upstream;

import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;

/**
 * All upstreams, and which of them takes the next request: of those that can be reached, the one
 * with the fewest requests in flight.
 *
 * <p>Threading: safe for all.
 */
public final class Upstreams implements AutoCloseable {

  /**
   * How often each upstream is looked at, and how long a client is told to wait when none is up.
   */
  public static final Duration PROBE_INTERVAL = Duration.ofSeconds(2);

  private final List<Upstream> upstreams;
  private final Cancellable probing;

  private Upstreams(List<Upstream> upstreams, Cancellable probing) {
    this.upstreams = upstreams;
    this.probing = probing;
  }

  /** Begins to look after the upstreams. */
  public static Upstreams start(
      ActorSystem system, List<UpstreamConfig> configs, TimeoutConfig timeouts) {
    UpstreamConnector connector = new UpstreamConnector(system, timeouts.connect());
    List<Upstream> upstreams =
        configs.stream().map(config -> new Upstream(config, connector)).toList();
    Cancellable probing =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO,
                PROBE_INTERVAL,
                () -> upstreams.forEach(Upstream::probe),
                system.dispatcher());
    return new Upstreams(upstreams, probing);
  }

  /** The upstream for the next request; empty if none can be reached. */
  public Optional<Upstream> choose() {
    Upstream best = null;
    for (Upstream upstream : upstreams) {
      if (upstream.healthy() && (best == null || upstream.inflight() < best.inflight())) {
        best = upstream;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Another upstream than one that could just not be reached; empty if there is none. */
  public Optional<Upstream> chooseOtherThan(Upstream failed) {
    return upstreams.stream()
        .filter(upstream -> upstream != failed && upstream.healthy())
        .min(Comparator.comparingInt(Upstream::inflight));
  }

  /**
   * The seats of all that can be reached; empty if one of them has no number, or none can be
   * reached.
   */
  public OptionalInt healthySeats() {
    long sum = 0;
    for (Upstream upstream : upstreams) {
      OptionalInt seats = upstream.config().maxSeats();
      if (upstream.healthy() && seats.isEmpty()) {
        return OptionalInt.empty();
      }
      sum += upstream.healthy() ? seats.getAsInt() : 0;
    }
    return sum == 0 ? OptionalInt.empty() : OptionalInt.of((int) Math.min(sum, Integer.MAX_VALUE));
  }

  /** Whether any upstream can be reached. */
  public boolean anyHealthy() {
    return upstreams.stream().anyMatch(Upstream::healthy);
  }

  public List<Upstream> all() {
    return upstreams;
  }

  /** Looks after the upstreams no more; requests under way are finished. */
  @Override
  public void close() {
    probing.cancel();
    upstreams.forEach(Upstream::retire);
  }
}
