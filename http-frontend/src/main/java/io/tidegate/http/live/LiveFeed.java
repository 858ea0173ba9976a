package io.tidegate.http.live;

import io.tidegate.engine.Engine;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.upstream.Upstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.BroadcastHub;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/**
 * The gate, second by second, as server-sent events: to whoever connects first all of the last
 * quarter of an hour, then each second as it ends.
 *
 * <p>A viewer who reads too slowly misses seconds; nobody waits for one.
 *
 * <p>Thread-safety: safe for all.
 */
public final class LiveFeed implements AutoCloseable {
  /** Who comes beyond these is told to come back later. */
  public static final int MAX_VIEWERS = 32;

  private static final int VIEWER_BUFFER = 8;
  private static final int HUB_BUFFER = 16;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final ByteString BEAT = ByteString.fromString(":\n\n");

  private final Recent recent = new Recent();
  private final Events events = new Events();
  private final HistogramLogFiles files;
  private final GcPauses pauses = new GcPauses();
  private final AtomicInteger viewers = new AtomicInteger();
  private final AtomicReference<Demo> demo = new AtomicReference<>();
  private final Source<ByteString, NotUsed> seconds;
  private final SourceQueueWithComplete<ByteString> publish;
  private final ActorRef<Chronicler.Command> chronicler;

  private LiveFeed(
      ActorSystem<?> system,
      Engine engine,
      Supplier<List<Upstream>> upstreams,
      Supplier<GateConfig> config,
      Supplier<List<GateView>> sales,
      Path folder,
      LongSupplier clock) {
    files = new HistogramLogFiles(folder);
    Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, NotUsed>> hub =
        Source.<ByteString>queue(HUB_BUFFER, OverflowStrategy.dropHead())
            .toMat(BroadcastHub.of(ByteString.class, HUB_BUFFER), Keep.both())
            .run(system);
    publish = hub.first();
    seconds = hub.second();
    Seconds source =
        new Seconds(engine, upstreams, config, sales, this::demo, events, pauses, clock);
    chronicler =
        system.systemActorOf(
            Chronicler.create(source, this::ended),
            "tidegate-live",
            MailboxSelector.bounded(Chronicler.MAILBOX)
                .withDispatcherFromConfig(Chronicler.DISPATCHER));
  }

  /**
   * Begins to tell.
   *
   * @param folder where histogram logs are written
   * @param clock milliseconds since 1970
   */
  public static LiveFeed start(
      ActorSystem<?> system,
      Engine engine,
      Supplier<List<Upstream>> upstreams,
      Supplier<GateConfig> config,
      Supplier<List<GateView>> sales,
      Path folder,
      LongSupplier clock) {
    return new LiveFeed(system, engine, upstreams, config, sales, folder, clock);
  }

  /** Where whoever does something notes it. */
  public Events events() {
    return events;
  }

  /** From now on a story is told with this gate. */
  public void tellsOf(Demo story) {
    demo.set(story);
  }

  /** The story that is told with this gate; empty: this is no demo. */
  public Optional<Demo> demo() {
    return Optional.ofNullable(demo.get());
  }

  /** Seconds whose histograms could not be written to disk. */
  public long logFailures() {
    return files.failures();
  }

  /** The histograms of the last quarter of an hour as one log. */
  public Source<ByteString, NotUsed> histogramLog() {
    List<Recent.Second> all = recent.all();
    long startEpochMillis = all.isEmpty() ? 0 : all.get(0).epochMillis();
    return Source.single(HistogramLog.head(startEpochMillis))
        .concat(Source.from(all).map(Recent.Second::log).filter(lines -> !lines.isEmpty()))
        .map(ByteString::fromString);
  }

  /** The last quarter of an hour as a JSON array. */
  public String recentJson() {
    return recent.all().stream()
        .map(Recent.Second::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Whether another viewer may come. */
  public boolean hasRoom() {
    return viewers.get() < MAX_VIEWERS;
  }

  /** Server-sent events for one viewer. */
  public Source<ByteString, NotUsed> viewer() {
    return Source.lazySingle(() -> event("history", recentJson()))
        .concat(seconds.buffer(VIEWER_BUFFER, OverflowStrategy.dropHead()))
        .keepAlive(HEARTBEAT, () -> BEAT)
        .watchTermination(
            (nothing, end) -> {
              viewers.incrementAndGet();
              end.handle(this::left);
              return NotUsed.getInstance();
            });
  }

  private Done left(Done done, Throwable failure) {
    viewers.decrementAndGet();
    return Done.getInstance();
  }

  private void ended(Recent.Second second) {
    recent.add(second);
    publish.offer(event("second", second.json()));
    files.append(second.log(), second.epochMillis());
  }

  private static ByteString event(String name, String json) {
    return ByteString.fromString("event: " + name + "\ndata: " + json + "\n\n");
  }

  @Override
  public void close() {
    chronicler.tell(Chronicler.Command.STOP);
    publish.complete();
    pauses.close();
  }
}
