package io.tidegate.http.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.engine.Engine;
import io.tidegate.engine.control.ControlSnapshot;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.IntervalTimes;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.signup.page.StatusJson;
import io.tidegate.http.upstream.Upstream;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes one second after the other of a running gate. There should be one of it, since each time
 * recorded goes to one taker.
 *
 * <p>Not thread-safe.
 */
final class Seconds {
  private final Engine engine;
  private final Supplier<List<Upstream>> upstreams;
  private final Supplier<GateConfig> config;
  private final Supplier<List<GateView>> sales;
  private final Events events;
  private final GcPauses pauses;
  private final LongSupplier clock;
  private final Changes changes;
  private final IntervalTimes times;
  private long beforeEpochMillis;

  Seconds(
      Engine engine,
      Supplier<List<Upstream>> upstreams,
      Supplier<GateConfig> config,
      Supplier<List<GateView>> sales,
      Events events,
      GcPauses pauses,
      LongSupplier clock) {
    this.engine = engine;
    this.upstreams = upstreams;
    this.config = config;
    this.sales = sales;
    this.events = events;
    this.pauses = pauses;
    this.clock = clock;
    this.changes = new Changes(events);
    this.times = engine.intervalTimes();
    this.beforeEpochMillis = clock.getAsLong();
  }

  /** The second that ends now. */
  Recent.Second next() {
    long nowEpochMillis = clock.getAsLong();
    ControlSnapshot control = engine.control();
    EngineSnapshot books = engine.snapshot();
    List<Upstream> servers = upstreams.get();
    List<GateView> sold = sales.get();
    engine.takeTimes(times);
    changes.look(control, engine.draining(), servers, pauses.takeLongestMillis());
    changes.look(sold);
    ObjectNode second =
        SecondJson.of(nowEpochMillis, engine.draining(), books, control, times, servers);
    Aims.addTo(second, config.get(), books.limitSeats());
    ObjectNode plans = second.putObject("signups");
    sold.forEach(plan -> StatusJson.put(plans.putObject(plan.plan()), plan));
    ArrayNode happened = second.putArray("events");
    for (Events.Event event : events.take()) {
      happened.addObject().put("kind", event.kind().label()).put("text", event.text());
    }
    String log = HistogramLog.lines(times, engine.tiers(), beforeEpochMillis, nowEpochMillis);
    beforeEpochMillis = nowEpochMillis;
    return new Recent.Second(nowEpochMillis, second.toString(), log);
  }
}
