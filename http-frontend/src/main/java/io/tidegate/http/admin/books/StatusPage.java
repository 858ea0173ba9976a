package io.tidegate.http.admin.books;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.Engine;
import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.Upstreams;
import io.tidegate.http.upstream.health.Standing;
import io.tidegate.http.upstream.health.State;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The state of the gate as JSON, for people and scripts. */
public final class StatusPage {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Engine engine;
  private final Supplier<Upstreams> upstreams;
  private final String version;
  private final long startedNanos = System.nanoTime();

  /** The state of this engine and its upstreams. */
  public StatusPage(Engine engine, Supplier<Upstreams> upstreams, String version) {
    this.engine = engine;
    this.upstreams = upstreams;
    this.version = version;
  }

  /** The state now. */
  public String json() {
    EngineSnapshot now = engine.snapshot();
    ObjectNode page = JSON.objectNode();
    page.put("state", engine.draining() ? "draining" : "serving");
    if (now.limitSeats().isPresent()) {
      page.put("limit_seats", now.limitSeats().getAsInt());
    } else {
      page.putNull("limit_seats");
    }
    page.put("reserve_seats", now.reserveSeats());
    page.put("inflight_seats", now.inflightSeats());
    page.setAll(loops(engine.control()));
    ObjectNode tiers = page.putObject("tiers");
    now.tiers().forEach(tier -> tiers.set(tier.tier().name(), tier(tier)));
    ObjectNode features = page.putObject("feature_inflight_seats");
    now.featureSeats().forEach(features::put);
    upstreams.get().all().forEach(upstream -> page.withArray("/upstreams").add(upstream(upstream)));
    page.put("uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
    page.put("version", version);
    return page.toPrettyString() + "\n";
  }

  /** What the loops decided last, and why. */
  private static ObjectNode loops(ControlSnapshot control) {
    ObjectNode node = JSON.objectNode();
    ObjectNode limit = node.putObject("limit");
    control.limit().computedSeats().ifPresent(seats -> limit.put("computed_seats", seats));
    limit.put("reason", control.limit().reason());
    control.limit().alarms().forEach(alarm -> limit.withArray("/alarms").add(alarm.label()));
    node.putObject("reserve").put("reason", control.reserve().reason());
    ObjectNode surge = node.putObject("surge");
    surge.put("state", control.surge().level().label());
    long since = control.surge().levelSinceEpochMillis();
    if (since > 0) {
      surge.put("since", Instant.ofEpochMilli(since).toString());
    } else {
      surge.putNull("since");
    }
    return node;
  }

  private static ObjectNode tier(TierSnapshot tier) {
    ObjectNode node = JSON.objectNode();
    node.put("offered", tier.offered());
    node.put("admitted", tier.admitted());
    ObjectNode refused = node.putObject("refused");
    tier.refused().forEach((reason, count) -> refused.put(reason.label(), count));
    ObjectNode completed = node.putObject("completed");
    tier.completed().forEach((outcome, count) -> completed.put(outcome.label(), count));
    node.put("left_queue", tier.leftQueue());
    node.put("queue_length", tier.waiting());
    node.put("inflight_seats", tier.inflightSeats());
    node.put("open_sessions", tier.openSessions());
    return node;
  }

  private static ObjectNode upstream(Upstream upstream) {
    long nowNanos = System.nanoTime();
    Standing standing = upstream.member().standing();
    State state = standing.state(nowNanos);
    long outNanos = Math.max(standing.backOffNanos(nowNanos), standing.ejectedNanos(nowNanos));
    return JSON.objectNode()
        .put("name", upstream.config().name())
        .put("url", upstream.config().url().toString())
        .put("healthy", upstream.healthy())
        .put("state", state.label())
        .put("inflight", upstream.inflight())
        .put("seats", upstream.member().seats())
        .put("out_for_seconds", seconds(outNanos))
        .put("trouble", standing.trouble());
  }

  private static long seconds(long nanos) {
    return (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
  }
}
