package io.tidegate.http.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.IntervalTimes;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.telemetry.TimeKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * One second of the gate as JSON. Counts are totals since the start, so that a reader who missed a
 * second has lost nothing; times are those of this second alone.
 */
final class SecondJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double NANOS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private SecondJson() {}

  static ObjectNode of(
      long epochMillis,
      boolean draining,
      EngineSnapshot books,
      ControlSnapshot control,
      IntervalTimes times,
      List<Seconds.Server> upstreams) {
    ObjectNode second = JSON.objectNode();
    second.put("at", epochMillis);
    second.put("state", draining ? "draining" : "serving");
    loops(second, books, control);
    second.put("inflight_seats", books.inflightSeats());
    ArrayNode latched = second.putArray("latched");
    books.latchedByClass().forEach((known, now) -> addIf(now, latched, known.label()));
    ArrayNode tiers = second.putArray("tiers");
    for (TierSnapshot tier : books.tiers()) {
      ObjectNode node = tier(tier);
      ObjectNode timed = node.putObject("times");
      for (TimeKind kind : TimeKind.values()) {
        timed.set(kind.label(), times(times.of(kind, tier.tier())));
      }
      tiers.add(node);
    }
    second.set("decision", times(times.decision()));
    ObjectNode features = second.putObject("feature_inflight_seats");
    books.featureSeats().forEach(features::put);
    ArrayNode servers = second.putArray("upstreams");
    upstreams.forEach(upstream -> servers.add(upstream(upstream)));
    return second;
  }

  private static void loops(ObjectNode second, EngineSnapshot books, ControlSnapshot control) {
    ObjectNode surge = second.putObject("surge");
    surge.put("state", control.surge().level().label());
    surge.put("since", control.surge().levelSinceEpochMillis());
    ObjectNode limit = second.putObject("limit");
    books
        .limitSeats()
        .ifPresentOrElse(seats -> limit.put("seats", seats), () -> limit.putNull("seats"));
    control.limit().computedSeats().ifPresent(seats -> limit.put("computed_seats", seats));
    limit.put("reason", control.limit().reason());
    second
        .putObject("reserve")
        .put("seats", books.reserveSeats())
        .put("reason", control.reserve().reason());
  }

  private static ObjectNode tier(TierSnapshot tier) {
    ObjectNode node = JSON.objectNode();
    node.put("name", tier.tier().name());
    node.put("offered", tier.offered());
    node.put("admitted", tier.admitted());
    ObjectNode refused = node.putObject("refused");
    tier.refused().forEach((reason, count) -> putIfAny(refused, reason.label(), count));
    ObjectNode completed = node.putObject("completed");
    tier.completed().forEach((outcome, count) -> putIfAny(completed, outcome.label(), count));
    node.put("left_queue", tier.leftQueue());
    node.put("waiting", tier.waiting());
    node.put("running", Math.max(0, tier.admitted() - tier.completedTotal()));
    node.put("inflight_seats", tier.inflightSeats());
    node.put("open_sessions", tier.openSessions());
    ObjectNode tokens = node.putObject("tokens");
    tier.tokens()
        .forEach((kind, count) -> putIfAny(tokens, kind.of() + "_" + kind.source(), count));
    return node;
  }

  /** Microseconds and how often, in turn, rising. */
  private static ObjectNode times(Histogram of) {
    ObjectNode node = JSON.objectNode();
    node.put("count", of.getTotalCount());
    if (of.getTotalCount() > 0) {
      node.put("max_micros", of.getMaxValue() / NANOS_PER_MICRO);
      ArrayNode values = node.putArray("values");
      for (HistogramIterationValue value : of.recordedValues()) {
        values.add(of.medianEquivalentValue(value.getValueIteratedTo()) / NANOS_PER_MICRO);
        values.add(value.getCountAtValueIteratedTo());
      }
    }
    return node;
  }

  private static ObjectNode upstream(Seconds.Server server) {
    ObjectNode node =
        JSON.objectNode()
            .put("name", server.upstream().config().name())
            .put("healthy", server.upstream().healthy())
            .put("inflight", server.upstream().inflight());
    if (server.firstTokens().count() > 0) {
      node.put("first_token_millis", server.firstTokens().meanNanos() / NANOS_PER_MILLI);
    }
    return node;
  }

  private static void addIf(boolean condition, ArrayNode to, String text) {
    if (condition) {
      to.add(text);
    }
  }

  private static void putIfAny(ObjectNode to, String name, long count) {
    if (count != 0) {
      to.put(name, count);
    }
  }
}
