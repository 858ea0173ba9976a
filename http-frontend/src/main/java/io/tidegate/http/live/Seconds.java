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
import io.tidegate.http.upstream.selection.FirstTokens;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes one second after the other of a running gate. There should be one of it, since each time
 * recorded goes to one taker.
 *
 * <p>Not thread-safe.
 */
final class Seconds {
  /**
   * An upstream in one second.
   *
   * @param firstTokens that came in it
   */
  record Server(Upstream upstream, FirstTokens.Taken firstTokens) {

    /** Takes what came since the second before. */
    static List<Server> of(List<Upstream> upstreams) {
      return upstreams.stream()
          .map(upstream -> new Server(upstream, upstream.member().firstTokens().take()))
          .toList();
    }
  }

  private final Engine engine;
  private final Supplier<List<Upstream>> upstreams;
  private final Supplier<GateConfig> config;
  private final Supplier<List<GateView>> sales;
  private final Supplier<Optional<Demo>> demo;
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
      Supplier<Optional<Demo>> demo,
      Events events,
      GcPauses pauses,
      LongSupplier clock) {
    this.engine = engine;
    this.upstreams = upstreams;
    this.config = config;
    this.sales = sales;
    this.demo = demo;
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
    List<Upstream> present = upstreams.get();
    List<Server> servers = Server.of(present);
    List<GateView> sold = sales.get();
    engine.takeTimes(times);
    changes.look(control, engine.draining(), present, pauses.takeLongestMillis());
    changes.look(sold);
    ObjectNode second =
        SecondJson.of(nowEpochMillis, engine.draining(), books, control, times, servers);
    Aims.addTo(second, config.get(), books.limitSeats());
    ObjectNode plans = second.putObject("signups");
    sold.forEach(plan -> StatusJson.put(plans.putObject(plan.plan()), plan));
    demo.get().ifPresent(story -> tell(story.telling(), second.putObject("demo")));
    ArrayNode happened = second.putArray("events");
    for (Events.Event event : events.take()) {
      happened.addObject().put("kind", event.kind().label()).put("text", event.text());
    }
    String timed = HistogramLog.lines(times, engine.tiers(), beforeEpochMillis, nowEpochMillis);
    // A second in which nobody asked for anything leaves no line.
    String log =
        timed.isEmpty() && books.inflightSeats() == 0
            ? timed
            : timed + HistogramLog.levels(books, servers, beforeEpochMillis, nowEpochMillis);
    beforeEpochMillis = nowEpochMillis;
    return new Recent.Second(nowEpochMillis, second.toString(), log);
  }

  private static void tell(Demo.Telling story, ObjectNode node) {
    node.put("chapter", story.chapter())
        .put("number", story.number())
        .put("of", story.of())
        .put("until", story.untilEpochMillis())
        .put("surging", story.surging())
        .put("gate_on", story.gateOn());
  }
}
