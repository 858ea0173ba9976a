package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Ending;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import io.tidegate.loadtest.record.result.InversionWindow;
import io.tidegate.loadtest.record.result.Manifest;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.RunData.Mark;
import io.tidegate.loadtest.record.result.Series;
import io.tidegate.loadtest.record.result.TierTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Takes in what happens in a run. Memory depends on the number of tiers and of request names, not
 * on how long the run is or how much is sent: whole-run histograms are of fixed size, and seconds
 * go to the directory of the run one by one.
 *
 * <p>All times are nanoseconds from the start of the run.
 *
 * <p>Not thread-safe: belongs to the thread that drives the client.
 */
public final class Recorder {

  /** How long a request may take and still be booked in its own second. */
  private static final int OPEN_SECONDS = 600;

  private static final int MAX_REQUEST_NAMES = 100;
  private static final String OTHER_REQUESTS = "(other)";
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<String> tiers;
  private final IntervalRing ring;
  private final RunDirectory directory;
  private final PairedLatencies paired = new PairedLatencies();
  private final Map<Series, Latencies> latencies = new HashMap<>();
  private final Map<String, Latencies[]> tokenGaps = new HashMap<>();
  private final List<Totals> totals = new ArrayList<>();
  private final long[] inFlight;
  private final InversionWatch byClass;
  private final InversionWatch byTier;
  private final Latencies lag = new Latencies(Distribution.DIGITS);
  private final Latencies blocked = new Latencies(Distribution.DIGITS);

  /**
   * @param tiers their names, best first
   * @param directory where seconds are kept
   */
  public Recorder(List<String> tiers, RunDirectory directory) {
    this.tiers = List.copyOf(tiers);
    this.directory = directory;
    this.inFlight = new long[tiers.size()];
    this.byClass = new InversionWatch(InversionWatch.classesOf(tiers));
    this.byTier = new InversionWatch(tiers);
    tiers.forEach(tier -> totals.add(new Totals()));
    this.ring =
        new IntervalRing(
            OPEN_SECONDS, tiers.size(), second -> directory.append(second, this.tiers));
  }

  /** A request is taken up, so late. */
  public void fired(int tier, int subscriber, long firedNanos, long lagNanos) {
    OpenInterval second = at(firedNanos);
    second.offered(tier);
    second.lag(lagNanos);
    lag.record(lagNanos);
    inFlight[tier]++;
    totals.get(tier).offered++;
    totals.get(tier).subscribers.offered(subscriber);
  }

  /** A token came. */
  public void token(int tier, long nowNanos) {
    at(nowNanos).token(tier);
    totals.get(tier).tokens++;
  }

  /** A token came so long after the one before it. */
  public void tokenGap(String request, int tier, long gapNanos) {
    Latencies[] gaps =
        tokenGaps.computeIfAbsent(known(request), name -> new Latencies[tiers.size()]);
    if (gaps[tier] == null) {
      gaps[tier] = series(request, tier, Outcome.OK, Phase.BETWEEN_TOKENS);
    }
    gaps[tier].record(gapNanos);
  }

  /**
   * A class was admitted, or refused for want of room: what inversions are found by.
   *
   * @param serviceClass as the answer names it; empty where it does not
   */
  public void decided(
      boolean admitted, int tier, String serviceClass, long sentNanos, long knownNanos) {
    InversionWatch watch = serviceClass.isEmpty() ? byTier : byClass;
    String label = serviceClass.isEmpty() ? tiers.get(tier) : serviceClass;
    if (admitted) {
      watch.admitted(label, sentNanos, knownNanos);
    } else {
      watch.refused(label, sentNanos, knownNanos);
    }
  }

  /** A request that had been fired has ended. */
  public void ended(Sample sample) {
    int tier = sample.tier();
    inFlight[tier]--;
    at(sample.firedNanos()).ended(tier, sample.ending());
    totals.get(tier).ended(sample);
    Outcome outcome = sample.ending().outcome();
    if (outcome == Outcome.OK) {
      at(sample.intendedNanos()).latencies(sample);
    }
    blocked.record(sample.blockedNanos());
    record(sample, Phase.BLOCKED, sample.blockedNanos());
    sample.connectNanos().ifPresent(nanos -> record(sample, Phase.CONNECT, nanos));
    sample.headersNanos().ifPresent(nanos -> record(sample, Phase.HEADERS, nanos));
    sample.firstTokenNanos().ifPresent(nanos -> record(sample, Phase.FIRST_TOKEN, nanos));
    record(sample, Phase.WHOLE, sample.wholeNanos());
    directory.append(sample, tiers);
  }

  /** A virtual user of a tier sent its first request. */
  public void conversationBegun(int tier) {
    totals.get(tier).conversationsBegun++;
  }

  /** A virtual user of a tier has ended, and every turn of it was answered whole. */
  public void conversationCompleted(int tier) {
    totals.get(tier).conversationsCompleted++;
  }

  /** The generator itself stood still for so long. */
  public void paused(long nowNanos, long nanos) {
    at(nowNanos).paused(nanos);
  }

  /** To be called at least once a second: how many users there are. */
  public void levels(long nowNanos, long activeUsers) {
    at(nowNanos).levels(activeUsers, inFlight);
  }

  /** Where requests are booked that were sent around the target too. */
  public PairedLatencies paired() {
    return paired;
  }

  /** How late requests were fired so far. */
  public Distribution lag() {
    return lag.distribution();
  }

  /** How long requests waited for a connection so far. */
  public Distribution blocked() {
    return blocked.distribution();
  }

  /** How late the latest request was fired so far. */
  public long lagMaxNanos() {
    return lag.maxNanos();
  }

  /** One tier so far, without its subscribers. */
  public TierTotals totals(int tier) {
    return totals.get(tier).snapshot(List.of());
  }

  /**
   * A percentile of one phase of a tier's requests that were answered whole, so far; 0 for none.
   */
  public long servedPercentileNanos(int tier, Phase phase, double percentile) {
    Histogram sum = new Histogram(Distribution.DIGITS);
    latencies.forEach(
        (series, measured) -> {
          if (series.tier().equals(tiers.get(tier))
              && series.outcome() == Outcome.OK
              && series.phase() == phase) {
            sum.add(measured.histogram());
          }
        });
    return sum.getTotalCount() == 0 ? 0 : sum.getValueAtPercentile(percentile);
  }

  /** Closes all seconds and gives everything but them, which are in the directory. */
  public RunData finish(
      Manifest manifest, List<Mark> marks, GeneratorHealth health, boolean cutShort) {
    ring.close();
    List<Series.Of> series = new ArrayList<>();
    latencies.forEach((key, value) -> series.add(new Series.Of(key, value.distribution())));
    Map<String, TierTotals> byName = new LinkedHashMap<>();
    for (int tier = 0; tier < tiers.size(); tier++) {
      Totals of = totals.get(tier);
      byName.put(tiers.get(tier), of.snapshot(of.subscribers.servedOfThoseWhoAsked()));
    }
    Map<Long, InversionWindow> inversions = new TreeMap<>();
    byClass.windows().forEach(w -> inversions.merge(w.second(), w, InversionWindow::plus));
    byTier.windows().forEach(w -> inversions.merge(w.second(), w, InversionWindow::plus));
    return new RunData(
        manifest,
        tiers,
        List.of(),
        series,
        byName,
        List.copyOf(inversions.values()),
        marks,
        health,
        cutShort,
        paired.paired());
  }

  private void record(Sample sample, Phase phase, long nanos) {
    series(sample.request(), sample.tier(), sample.ending().outcome(), phase).record(nanos);
  }

  private Latencies series(String request, int tier, Outcome outcome, Phase phase) {
    Series series = new Series(known(request), tiers.get(tier), outcome, phase);
    return latencies.computeIfAbsent(series, key -> new Latencies(Distribution.DIGITS));
  }

  /** Names come from a scenario and may be made up by it without end. */
  private String known(String request) {
    if (tokenGaps.containsKey(request)) {
      return request;
    }
    if (tokenGaps.size() >= MAX_REQUEST_NAMES) {
      return OTHER_REQUESTS;
    }
    tokenGaps.put(request, new Latencies[tiers.size()]);
    return request;
  }

  private OpenInterval at(long nanos) {
    return ring.at(Math.max(0, nanos) / SECOND_NANOS);
  }

  private static final class Totals {
    private long offered;
    private long ok;
    private long tokens;
    private long conversationsBegun;
    private long conversationsCompleted;
    private final Map<String, Long> shed = new TreeMap<>();
    private final Map<String, Long> ko = new TreeMap<>();
    private final Subscribers subscribers = new Subscribers();

    void ended(Sample sample) {
      Ending ending = sample.ending();
      switch (ending.outcome()) {
        case OK -> {
          ok++;
          subscribers.served(sample.subscriber());
        }
        case SHED -> shed.merge(ending.reason(), 1L, Long::sum);
        case KO -> ko.merge(ending.reason(), 1L, Long::sum);
      }
    }

    TierTotals snapshot(List<Long> servedBySubscriber) {
      return new TierTotals(
          offered,
          ok,
          new TreeMap<>(shed),
          new TreeMap<>(ko),
          tokens,
          conversationsBegun,
          conversationsCompleted,
          servedBySubscriber);
    }
  }
}
