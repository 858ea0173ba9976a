package io.tidegate.loadtest.run;

import io.tidegate.loadtest.client.ChatClient;
import io.tidegate.loadtest.client.ClientSettings;
import io.tidegate.loadtest.client.Nanos;
import io.tidegate.loadtest.client.Target;
import io.tidegate.loadtest.record.Recorder;
import io.tidegate.loadtest.record.RunDirectory;
import io.tidegate.loadtest.record.result.GeneratorHealth;
import io.tidegate.loadtest.record.result.Manifest;
import io.tidegate.loadtest.record.result.Phase;
import io.tidegate.loadtest.record.result.RunData;
import io.tidegate.loadtest.record.result.RunData.Mark;
import io.tidegate.loadtest.record.result.TierTotals;
import io.tidegate.loadtest.run.crowd.Asker;
import io.tidegate.loadtest.run.crowd.Crowd;
import io.tidegate.loadtest.run.crowd.Detour;
import io.tidegate.loadtest.run.pacing.Pacer;
import io.tidegate.loadtest.scenario.ChatProtocol;
import io.tidegate.loadtest.scenario.Population;
import io.tidegate.loadtest.scenario.Population.Injection.Open;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One run of a plan, from its first arrival to the end of its last user.
 *
 * <p>Everything happens on the client's thread; the pacer's thread only says when.
 *
 * <p>Thread-safety: {@link #stop} may be called by any thread.
 */
public final class Run {

  private static final String LOAD_CHANGES = "load changes";

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Time for the threads to get ready before the first arrival. */
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private final RunPlan plan;
  private final RunOptions options;
  private final Manifest manifest;
  private final List<Crowd> crowds = new ArrayList<>();
  private final Crowd.Users users = new Crowd.Users();
  private final SplittableRandom random;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private int running;

  /**
   * @throws IllegalArgumentException if the plan names no target
   */
  public Run(RunPlan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.manifest = Manifests.of(plan, options);
  }

  /** Ends it now: what is open is given up, what was measured stays. */
  public void stop() {
    ended.complete(true);
  }

  /**
   * Runs it; returns when it has ended.
   *
   * @throws IOException if its files cannot be written
   * @throws IllegalStateException if the scenario makes no sense while it runs
   */
  public RunData execute() throws IOException {
    ChatProtocol protocol = plan.protocol();
    Target target = Target.of(protocol.url().orElseThrow());
    ClientSettings settings =
        ClientSettings.of(target).withRequestTimeout(protocol.requestTimeout());
    if (protocol.maxConnections().isPresent()) {
      settings = settings.withMaxConnections(protocol.maxConnections().getAsInt());
    }
    try (RunDirectory directory = RunDirectory.create(options.directory(), manifest);
        ChatClient client = ChatClient.create(settings);
        Pacer pacer = Pacer.start(task -> client.thread().execute(() -> guarded(task)));
        Stalls stalls = Stalls.start()) {
      if (options.keepRequests()) {
        directory.keepRequests();
      }
      Recorder recorder = new Recorder(protocol.tiers(), directory);
      long startNanos = Nanos.now() + LEAD_NANOS;
      Executor thread = task -> client.thread().execute(() -> guarded(task));
      Asker asker =
          new Asker(
              client,
              detour(client, recorder),
              pacer,
              recorder,
              thread,
              protocol,
              options.seed(),
              startNanos);
      Crowd.Floor floor = new Crowd.Floor(asker, pacer, recorder, thread, users, options.seed());
      thread.execute(() -> plan.populations().forEach(p -> start(p, floor, startNanos)));
      pacer.each(startNanos, seconds(), time -> tick(recorder, stalls, time - startNanos));
      plan.maxDuration()
          .ifPresent(max -> pacer.at(startNanos + max.toNanos(), time -> ended.complete(false)));
      boolean cutShort = awaitEnd();
      return finish(directory, client, recorder, stalls, startNanos, cutShort);
    }
  }

  private Optional<Detour> detour(ChatClient client, Recorder recorder) {
    return options
        .detour()
        .map(
            way ->
                new Detour(
                    client.beside(
                        ClientSettings.of(Target.of(way.url()))
                            .withRequestTimeout(plan.protocol().requestTimeout())),
                    way.key(),
                    recorder.paired()));
  }

  private RunData finish(
      RunDirectory directory,
      ChatClient client,
      Recorder recorder,
      Stalls stalls,
      long startNanos,
      boolean cutShort)
      throws IOException {
    CompletableFuture<RunData> data = new CompletableFuture<>();
    client
        .thread()
        .execute(
            () -> {
              try {
                client.stopAll("unfinished");
                long wallNanos = Math.max(1, Nanos.now() - startNanos);
                recorder.levels(wallNanos, users.active());
                GeneratorHealth health =
                    plan.bounds()
                        .judge(
                            recorder.lag(),
                            recorder.blocked(),
                            stalls.total(),
                            wallNanos,
                            cutShort ? unsent() : 0,
                            plan.protocol().maxConnections().isPresent());
                data.complete(recorder.finish(manifest, marks(), health, cutShort));
              } catch (RuntimeException e) {
                data.completeExceptionally(e);
              }
            });
    return directory.finish(joined(data));
  }

  private void start(Population population, Crowd.Floor floor, long nanos) {
    running++;
    Crowd crowd = new Crowd(population, floor, () -> crowdIsOver(population, floor));
    crowds.add(crowd);
    crowd.start(nanos, random.split());
  }

  private void crowdIsOver(Population population, Crowd.Floor floor) {
    population.next().forEach(next -> start(next, floor, Nanos.now()));
    running--;
    if (running == 0) {
      ended.complete(false);
    }
  }

  private void tick(Recorder recorder, Stalls stalls, long elapsedNanos) {
    // The moment belongs to the second that begins; what is told is how the last one ended.
    long within = Math.max(0, elapsedNanos - 1);
    recorder.levels(within, users.active());
    recorder.paused(within, stalls.longestSinceAsked());
    Map<String, TierTotals> tiers = new LinkedHashMap<>();
    List<String> names = plan.protocol().tiers();
    for (int tier = 0; tier < names.size(); tier++) {
      tiers.put(names.get(tier), recorder.totals(tier));
    }
    options
        .progress()
        .accept(
            new Progress(
                elapsedNanos,
                plannedNanos(),
                users.active(),
                tiers,
                recorder.servedPercentileNanos(0, Phase.FIRST_TOKEN, 99),
                recorder.lagMaxNanos()));
  }

  private long plannedNanos() {
    return plan.populations().stream().mapToLong(Crowd::durationNanos).max().orElse(0);
  }

  /** Arrivals that were meant and did not come: counted by going through the sequence again. */
  private long unsent() {
    SplittableRandom again = new SplittableRandom(options.seed());
    long unsent = 0;
    for (Crowd crowd : crowds) {
      SplittableRandom own = again.split();
      if (!crowd.arrivalsOver() && crowd.population().injection() instanceof Open open) {
        PrimitiveIterator.OfLong times = open.arrivals().fireTimes(own);
        long meant = 0;
        for (; times.hasNext(); times.nextLong()) {
          meant++;
        }
        unsent += Math.max(0, meant - crowd.arrived());
      }
    }
    return unsent;
  }

  private List<Mark> marks() {
    Stream<Mark> steps =
        plan.populations().stream()
            .filter(population -> population.injection() instanceof Open)
            .flatMap(population -> ((Open) population.injection()).arrivals().marksNanos().stream())
            .distinct()
            .map(nanos -> new Mark(nanos, LOAD_CHANGES));
    return Stream.concat(steps, plan.marks().stream())
        .sorted(Comparator.comparingLong(Mark::nanos))
        .toList();
  }

  private boolean awaitEnd() throws IOException {
    return joined(ended);
  }

  /** A scenario that makes no sense, or a full disk, ends the run with its own sentence. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private static <T> T joined(CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException disk) {
        throw disk.getCause();
      }
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  private static PrimitiveIterator.OfLong seconds() {
    return LongStream.iterate(SECOND_NANOS, nanos -> nanos + SECOND_NANOS).iterator();
  }
}
