package io.tidegate.http.admin.books;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.watch.Gates;
import java.util.HashMap;
import java.util.Map;

/**
 * How plans are sold, as Prometheus reads it: for each plan a 1 at its state and 0 at the others,
 * all 0 while that is not known.
 */
public final class SignupMetrics implements MultiCollector {

  private final Gates gates;

  /** Metrics of these gates. */
  public SignupMetrics(Gates gates) {
    this.gates = gates;
  }

  @Override
  public MetricSnapshots collect() {
    Map<String, GateView> known = new HashMap<>();
    gates.views().forEach(view -> known.put(view.plan(), view));
    GaugeSnapshot.Builder state =
        GaugeSnapshot.builder()
            .name("tidegate_signup_state")
            .help("1 at the state of a plan's sale.");
    GaugeSnapshot.Builder waiting =
        GaugeSnapshot.builder()
            .name("tidegate_waitlist_length")
            .help("People on the wait-list of a plan.");
    if (gates.plans().isEmpty()) {
      // Nothing is sold; the series are there all the same.
      for (SignupState one : SignupState.values()) {
        state.dataPoint(point(Labels.of("state", one.label()), 0));
      }
      waiting.dataPoint(point(Labels.EMPTY, 0));
    }
    for (String plan : gates.plans()) {
      GateView view = known.get(plan);
      for (SignupState one : SignupState.values()) {
        boolean here = view != null && view.state() == one;
        state.dataPoint(point(Labels.of("plan", plan, "state", one.label()), here ? 1 : 0));
      }
      waiting.dataPoint(point(Labels.of("plan", plan), view == null ? 0 : (double) view.waiting()));
    }
    return MetricSnapshots.of(state.build(), waiting.build());
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
