package io.tidegate.http.cli.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Settings that a recording speaks for.
 *
 * <p>A window is calm if its mean first token, without the gate's own queue, is within half again
 * of what it is in the best tenth of the windows; it is late if that is more than twice as much.
 * The limit follows from Little's law: as many requests a second as the upstreams finished while
 * they were late, each held for as long as it takes where it is calm, is what they can work on at
 * once.
 *
 * <p>Below its knee an upstream is as fast as when it is idle, whatever it carries: no recording of
 * it tells how far the knee is. Where the limit was full all the same, the proposal is to try twice
 * as many seats: the step by which a search without a bound comes near in the fewest tries
 * (Bentley, Yao, "An almost optimal algorithm for unbounded searching", 1976). Beyond the knee the
 * next recording has late windows, and they tell where it lies.
 */
final class Advice {

  private static final int FEWEST_WINDOWS = 3;
  private static final int FEWEST_TIMES = 100;
  private static final double CALM = 1.5;
  private static final double LATE = 2;
  private static final double BEST = .10;
  // What is kept free for the best tier is often a sixth of a small limit.
  private static final double FULL = .80;
  private static final double STEP = 2;
  private static final double MOST_USUAL = 95;
  private static final double NEARLY_ALL = 99;
  private static final double PILED_UP = .9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Window> windows;
  private final List<Window> calm;
  private final List<Window> late;

  private Advice(List<Window> all) {
    windows = all.stream().filter(window -> window.firstTokens().getTotalCount() > 0).toList();
    double best = low(windows, Window::upstreamFirstTokenNanos);
    calm = windows.stream().filter(w -> w.upstreamFirstTokenNanos() <= CALM * best).toList();
    late = windows.stream().filter(w -> w.upstreamFirstTokenNanos() > LATE * best).toList();
  }

  /** All proposals, also those that are none. */
  static List<Proposal> on(List<Window> recording) {
    Advice advice = new Advice(recording);
    List<Proposal> all = new ArrayList<>();
    all.add(advice.objective("objective.first_token", Window::firstTokens, "first tokens"));
    all.add(
        advice.objective(
            "objective.time_per_output_token",
            window -> window.all(Window.OUTPUT_TOKEN),
            "streams' times per output token"));
    all.addAll(waits(Window.sum(recording).byTier(Window.QUEUE_WAIT)));
    all.add(advice.limit());
    return all;
  }

  /** A wait in the gate's own queue is the limit's doing, and no aim. */
  private Proposal objective(String key, Function<Window, Histogram> of, String what) {
    List<Window> atOnce =
        calm.stream().filter(w -> w.all(Window.QUEUE_WAIT).getTotalCount() == 0).toList();
    Histogram times = of.apply(Window.sum(atOnce));
    if (atOnce.size() < FEWEST_WINDOWS || times.getTotalCount() < FEWEST_TIMES) {
      return Proposal.none(
          key,
          "only %d %s in %d calm windows of %d s in which nobody waited are recorded"
              .formatted(times.getTotalCount(), what, atOnce.size(), Window.SECONDS));
    }
    return Proposal.of(
        key,
        duration(times.getValueAtPercentile(NEARLY_ALL)),
        "the 99th percentile of %d %s in %d calm windows of %d s; the median is %s"
            .formatted(
                times.getTotalCount(),
                what,
                atOnce.size(),
                Window.SECONDS,
                duration(times.getValueAtPercentile(50))));
  }

  private static List<Proposal> waits(Map<String, Histogram> byTier) {
    if (byTier.isEmpty()) {
      return List.of(Proposal.none("tiers.*.max_wait", "nobody is recorded to have waited"));
    }
    List<Proposal> all = new ArrayList<>();
    byTier.forEach((tier, waits) -> all.add(wait("tiers." + tier + ".max_wait", waits)));
    return all;
  }

  private static Proposal wait(String key, Histogram waits) {
    if (waits.getTotalCount() < FEWEST_TIMES) {
      return Proposal.none(key, "only %d waits are recorded".formatted(waits.getTotalCount()));
    }
    long usual = waits.getValueAtPercentile(MOST_USUAL);
    String seen =
        "of %d waits half are below %s and the longest is %s"
            .formatted(
                waits.getTotalCount(),
                duration(waits.getValueAtPercentile(50)),
                duration(waits.getMaxValue()));
    return usual >= PILED_UP * waits.getMaxValue()
        ? Proposal.none(
            key,
            "waits pile up at their end, as at a max_wait: " + seen + "; a longer one is untried")
        : Proposal.of(key, duration(usual), "the 95th percentile; " + seen);
  }

  private Proposal limit() {
    String key = "limit.seats";
    if (Window.sum(windows).all(Window.DURATION).getTotalCount() < FEWEST_TIMES) {
      return Proposal.none(key, "how long requests took is not recorded, or too few");
    }
    if (calm.size() < FEWEST_WINDOWS) {
      return Proposal.none(key, "only %d windows are calm".formatted(calm.size()));
    }
    if (late.size() < FEWEST_WINDOWS) {
      return beyondWhatWasTried(key);
    }
    double heldSeconds = Window.sum(calm).heldSeconds();
    double perSecond = middle(late, Window::endedPerSecond);
    return Proposal.of(
        key,
        Long.toString(Math.max(1, Math.round(perSecond * heldSeconds))),
        "in %d late windows %.1f requests a second ended; where it is calm one holds its seat for %s"
            .formatted(
                late.size(), perSecond, duration(Math.round(heldSeconds * NANOS_PER_SECOND))));
  }

  private Proposal beyondWhatWasTried(String key) {
    List<Window> full =
        calm.stream()
            .filter(window -> window.useOfLimit() >= FULL)
            .sorted(Comparator.comparingDouble(window -> window.limitSeats().orElse(0)))
            .toList();
    if (full.size() < FEWEST_WINDOWS) {
      double most = windows.stream().mapToDouble(Window::seats).max().orElse(0);
      return Proposal.none(
          key,
          "the upstreams were never late for long, and the limit was not full: their knee is above"
              + " the %.0f seats that were held".formatted(most));
    }
    double tried = full.get(full.size() / 2).limitSeats().orElseThrow();
    return Proposal.of(
        key,
        Long.toString(Math.round(STEP * tried)),
        ("a try, no measurement: a limit of %.0f was full in %d windows and the upstreams were as"
                + " fast as ever, so that the knee is above it; record again with twice as many")
            .formatted(tried, full.size()));
  }

  /** The median: windows at the edges of a run have less in them. */
  private static double middle(List<Window> windows, ToDoubleFunction<Window> of) {
    double[] sorted = windows.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double low(List<Window> windows, ToDoubleFunction<Window> of) {
    double[] sorted = windows.stream().mapToDouble(of).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) (BEST * (sorted.length - 1))];
  }

  /** To two digits, upwards, as the configuration takes it. */
  static String duration(long nanos) {
    double millis = Math.max(1, Math.ceil(nanos / NANOS_PER_MILLI));
    double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(millis)) - 1));
    return String.format(Locale.ROOT, "%.0fms", Math.ceil(millis / step) * step);
  }
}
