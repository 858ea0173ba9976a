package io.tidegate.http.upstream;

import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.upstream.address.Names;
import io.tidegate.http.upstream.retry.RetryBudget;
import io.tidegate.http.upstream.selection.Member;
import io.tidegate.http.upstream.selection.Pool;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorSystem;

/**
 * All upstreams: who chooses among them, the connections to each, and the looks at their health.
 *
 * <p>Threading: safe for all.
 */
public final class Upstreams implements AutoCloseable {

  private static final String BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  private final List<Upstream> upstreams;
  private final Map<Member, Upstream> byMember;
  private final Pool pool;
  private final RetryBudget retries = new RetryBudget(System.nanoTime());
  private final List<HealthLooks> looks;

  private Upstreams(ActorSystem system, List<Upstream> upstreams, TimeoutConfig timeouts) {
    this.upstreams = upstreams;
    byMember =
        upstreams.stream()
            .collect(Collectors.toUnmodifiableMap(Upstream::member, Function.identity()));
    pool =
        new Pool(
            upstreams.stream().map(Upstream::member).toList(),
            () -> ThreadLocalRandom.current().nextDouble());
    looks =
        upstreams.stream()
            .map(upstream -> new HealthLooks(system, upstream, timeouts.connect()))
            .toList();
  }

  /**
   * Begins to look after the upstreams.
   *
   * @throws IllegalStateException if a file of certificates cannot be used; the message names it
   */
  public static Upstreams start(
      ActorSystem system, List<UpstreamConfig> configs, TimeoutConfig timeouts, Names names) {
    Executor blocking = system.dispatchers().lookup(BLOCKING);
    return new Upstreams(
        system,
        configs.stream()
            .map(
                config ->
                    new Upstream(
                        new Member(config),
                        new UpstreamConnector(system, config, timeouts.connect(), names, blocking)))
            .toList(),
        timeouts);
  }

  /** Who chooses among them. */
  public Pool pool() {
    return pool;
  }

  /** What may be sent a second time. */
  public RetryBudget retries() {
    return retries;
  }

  /** The connections to a member of the pool. */
  public Upstream of(Member member) {
    return byMember.get(member);
  }

  /**
   * The seats of all that can be reached; empty if one of them has no number, or none can be
   * reached.
   */
  public OptionalInt healthySeats() {
    long sum = 0;
    for (Upstream upstream : upstreams) {
      OptionalInt seats = upstream.config().maxSeats();
      if (upstream.healthy()) {
        if (seats.isEmpty()) {
          return OptionalInt.empty();
        }
        sum += seats.getAsInt();
      }
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
    looks.forEach(HealthLooks::close);
    upstreams.forEach(Upstream::retire);
  }
}
