package io.tidegate.http;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.signup.store.StoreException;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.http.admin.AdminPorts;
import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigSource;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.listen.TlsConfig;
import io.tidegate.http.live.LiveFeed;
import io.tidegate.http.relay.HeldBodies;
import io.tidegate.http.relay.Relay;
import io.tidegate.http.signup.Signups;
import io.tidegate.http.transport.ClientLayers;
import io.tidegate.http.transport.tls.ServerTls;
import io.tidegate.http.upstream.address.Names;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.javadsl.Flow;

/**
 * A running gate: the engine, its data port and its admin port.
 *
 * <p>Threading: safe for all.
 */
public final class Frontend implements AutoCloseable {

  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  /** As often as the engine sets its reserve. */
  private static final Duration SEATS_LOOK = Duration.ofMillis(100);

  /** A renewed certificate is in force that soon. */
  private static final Duration CERTIFICATE_LOOK = Duration.ofSeconds(5);

  /** In the data directory. */
  private static final String HISTOGRAM_LOGS = "hlog";

  private final ActorSystem system;
  private final Engine engine;
  private final LiveConfig config;
  private final Optional<Signups> signups;
  private final Gates gates;
  private final Witnesses witnesses;
  private final Handling handling;
  private final Optional<ServerTls> tls;
  private final Cancellable seatsWatch;
  private final LiveFeed live;
  private ClientLayers layers;
  private Ports ports;
  private Drain drain;
  private final CompletableFuture<DrainReport> drained = new CompletableFuture<>();

  private Frontend(GateConfig first, ConfigSource source, Names names) {
    config = new LiveConfig(first, source, this::apply);
    tls = first.listen().tls().map(Frontend::tls);
    system = ActorSystem.create("tidegate", PekkoConfig.of(first));
    engine = startEngine(EngineSetup.of(first));
    signups = startSignups(first);
    gates = GatesSetup.start(system, first, signups.map(Signups::gates), engine::snapshot);
    witnesses = Witnesses.start(first);
    handling =
        new Handling(
            system,
            engine,
            gates,
            new HeldBodies(first.listen().maxHeldBodyBytes()),
            tls.isPresent() ? "https" : "http",
            first,
            signups,
            names,
            witnesses.visits());
    live =
        LiveFeed.start(
            Adapter.toTyped(system),
            engine,
            () -> handling.upstreams().all(),
            config::inForce,
            gates::views,
            first.dataDir().resolve(HISTOGRAM_LOGS),
            System::currentTimeMillis);
    seatsWatch =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO,
                SEATS_LOOK,
                () -> engine.upstreamSeats(handling.upstreams().healthySeats()),
                system.dispatcher());
    tls.ifPresent(this::watch);
  }

  private Engine startEngine(EngineSettings settings) {
    try {
      return Engine.start(settings, Adapter.toTyped(system));
    } catch (RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  private Optional<Signups> startSignups(GateConfig first) {
    try {
      return Signups.start(first, system);
    } catch (StoreException e) {
      engine.close();
      system.terminate();
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static ServerTls tls(TlsConfig files) {
    try {
      return ServerTls.of(files);
    } catch (IOException e) {
      throw new IllegalStateException("listen.tls: " + e.getMessage(), e);
    }
  }

  private void watch(ServerTls certificate) {
    system
        .scheduler()
        .scheduleWithFixedDelay(
            CERTIFICATE_LOOK,
            CERTIFICATE_LOOK,
            certificate::reloadIfChanged,
            system.dispatchers().lookup(BLOCKING));
  }

  /** Starts a gate whose configuration does not change by a reload. */
  public static Frontend start(GateConfig config) {
    return start(config, () -> config);
  }

  /**
   * Starts a gate and waits until its ports take connections.
   *
   * @param source what a reload reads
   * @throws IllegalStateException if a port cannot be bound; the message names the address
   */
  public static Frontend start(GateConfig config, ConfigSource source) {
    return start(config, source, Names.SYSTEM);
  }

  /** The same, with another way to find the upstreams' addresses. */
  static Frontend start(GateConfig config, ConfigSource source, Names names) {
    Frontend frontend = new Frontend(config, source, names);
    try {
      frontend.bind(config);
      return frontend;
    } catch (RuntimeException e) {
      frontend.close();
      throw e;
    }
  }

  private void bind(GateConfig first) {
    layers =
        new ClientLayers(
            system,
            first.listen(),
            first.timeouts(),
            tls,
            connection -> Flow.fromGraph(new Relay(handling::rooms, connection)));
    ports =
        Ports.bind(
            system,
            first,
            layers,
            new AdminPorts(
                engine,
                handling::upstreams,
                new GateControls(this::drain, config, signups, witnesses),
                gates,
                live,
                Version.current().toString()));
  }

  /** Lets a configuration take the place of another; certificate first, since it may be bad. */
  private void apply(GateConfig effective) throws ConfigException {
    if (tls.isPresent()) {
      try {
        tls.get().reload(effective.listen().tls().orElseThrow());
      } catch (IOException e) {
        throw ConfigException.of("configuration", "listen.tls", e.getMessage());
      }
    }
    engine.change(EngineSetup.of(effective));
    handling.change(effective);
    layers.change(effective.listen(), effective.timeouts());
  }

  /** Reads the configuration anew; a bad one is refused, and the last good one stays. */
  public ConfigChange reload(String by) throws ConfigException {
    return config.reload(by);
  }

  /** Where clients connect. */
  public InetSocketAddress dataAddress() {
    return ports.clients().localAddress();
  }

  /** Where the operator connects. */
  public InetSocketAddress adminAddress() {
    return ports.admin().localAddress();
  }

  /** Where health and metrics are asked for. */
  public InetSocketAddress healthAddress() {
    return ports.healthAddress();
  }

  /** What is told of this gate, for who does something to it from outside. */
  public LiveFeed live() {
    return live;
  }

  /** Clients that are connected now. */
  public int connections() {
    return ports.clients().clients().count();
  }

  /** Requests that are with an upstream now, or whose answers are on the way. */
  public int running() {
    return ports.clients().clients().owingAnswers();
  }

  /** Requests that hold a seat now. */
  public long inflightSeats() {
    return engine.inflightSeats();
  }

  /**
   * Takes no new requests and waits for those that run, at most until the deadline; then ends them.
   * The listener stays open meanwhile and answers 503. Asked again, an earlier deadline counts.
   */
  public synchronized CompletionStage<DrainReport> drain(Duration deadline) {
    if (drain == null) {
      drain =
          Drain.begin(
              engine, ports.clients().clients(), deadline, system.scheduler(), system.dispatcher());
      drain.report().thenAccept(drained::complete);
    } else {
      drain.notLaterThan(deadline);
    }
    return drained;
  }

  /** The same within the time that is configured now. */
  public CompletionStage<DrainReport> drain() {
    return drain(config.inForce().timeouts().drain());
  }

  /** Comes when a drain has ended, whoever began it. */
  public CompletionStage<DrainReport> drained() {
    return drained;
  }

  /** Ends at once, whatever runs. */
  @Override
  public void close() {
    live.close();
    seatsWatch.cancel();
    handling.close();
    signups.ifPresent(Signups::close);
    witnesses.close();
    engine.close(); // its actors bring to disk what the limit has learned, while they can
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the gate did not end in time", e);
    }
  }
}
