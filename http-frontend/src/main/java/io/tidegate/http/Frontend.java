package io.tidegate.http;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.admin.AdminServer;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.identity.Callers;
import io.tidegate.http.proxy.Proxy;
import io.tidegate.http.proxy.UpstreamRequests;
import io.tidegate.http.proxy.asked.AdmissionRequests;
import io.tidegate.http.proxy.asked.FeatureRules;
import io.tidegate.http.relay.HeldBodies;
import io.tidegate.http.relay.Relay;
import io.tidegate.http.reply.Replies;
import io.tidegate.http.transport.ClientLayers;
import io.tidegate.http.transport.ServerTransport;
import io.tidegate.http.transport.loop.LoopTransport;
import io.tidegate.http.transport.stock.StockTransport;
import io.tidegate.http.upstream.Upstreams;
import io.tidegate.http.upstream.address.Names;
import io.tidegate.http.upstream.models.ModelLists;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.javadsl.Flow;

/**
 * A running gate: the engine, its data port and its admin port.
 *
 * <p>Threading: safe for all.
 */
public final class Frontend implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** As often as the engine sets its reserve. */
  private static final Duration SEATS_LOOK = Duration.ofMillis(100);

  private final ActorSystem system;
  private final Engine engine;
  private final Upstreams upstreams;
  private final Callers callers;
  private final FeatureRules features;
  private final Cancellable seatsWatch;
  private final Duration drainDeadline;
  private ServerTransport transport;
  private ServerBinding admin;
  private Drain drain;
  private final CompletableFuture<DrainReport> drained = new CompletableFuture<>();

  private Frontend(GateConfig config, Names names) {
    TierTable tiers = config.tiers().table();
    features = FeatureRules.of(config.features(), tiers);
    system = ActorSystem.create("tidegate", PekkoConfig.of(config));
    engine = startEngine(EngineSetup.of(config, tiers, features.all()));
    callers = Callers.of(config.identity(), tiers, List.of());
    upstreams = startUpstreams(config, names);
    seatsWatch =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                Duration.ZERO,
                SEATS_LOOK,
                () -> engine.upstreamSeats(upstreams.healthySeats()),
                system.dispatcher());
    drainDeadline = config.timeouts().drain();
  }

  private Upstreams startUpstreams(GateConfig config, Names names) {
    try {
      return Upstreams.start(system, config.upstreams(), config.timeouts(), names);
    } catch (RuntimeException e) {
      engine.close();
      system.terminate();
      throw e;
    }
  }

  private Engine startEngine(EngineSettings settings) {
    try {
      return Engine.start(settings, Adapter.toTyped(system));
    } catch (RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  /**
   * Starts a gate and waits until both its ports take connections.
   *
   * @throws IllegalStateException if a port cannot be bound, or a file of certificates not used;
   *     the message names it
   */
  public static Frontend start(GateConfig config) {
    return start(config, Names.SYSTEM);
  }

  /** The same, with another way to find the upstreams' addresses. */
  static Frontend start(GateConfig config, Names names) {
    Frontend frontend = new Frontend(config, names);
    try {
      frontend.bind(config);
      return frontend;
    } catch (RuntimeException e) {
      frontend.close();
      throw e;
    }
  }

  private void bind(GateConfig config) {
    Replies replies = new Replies(engine.tiers());
    Proxy proxy =
        new Proxy(
            engine,
            new AdmissionRequests(features, config.sessions()),
            callers,
            upstreams,
            new ModelLists(upstreams, system),
            replies,
            config.listen());
    Relay.Rooms rooms =
        new Relay.Rooms(
            proxy,
            upstreams,
            new UpstreamRequests(upstreams),
            replies,
            new HeldBodies(config.listen().maxHeldBodyBytes()),
            config.timeouts());
    ClientLayers layers =
        new ClientLayers(
            system,
            config.listen(),
            config.timeouts(),
            connection -> Flow.fromGraph(new Relay(rooms, connection)));
    transport =
        bound(
            switch (config.transport().kind()) {
              case LOOP -> LoopTransport.bind(system, config.listen(), layers);
              case STOCK -> StockTransport.bind(system, config.listen(), layers);
            },
            config.listen().host(),
            config.listen().port());
    admin =
        bound(
            AdminServer.bind(
                system,
                config.admin(),
                config.timeouts().keepAlive(),
                engine,
                upstreams,
                Version.current().toString(),
                this::drainAsConfigured),
            config.admin().host(),
            config.admin().port());
  }

  /** Where clients connect. */
  public InetSocketAddress dataAddress() {
    return transport.localAddress();
  }

  /** Where the operator connects. */
  public InetSocketAddress adminAddress() {
    return admin.localAddress();
  }

  /** Clients that are connected now. */
  public int connections() {
    return transport.clients().count();
  }

  /** Requests that are with an upstream now, or whose answers are on the way. */
  public int running() {
    return transport.clients().owingAnswers();
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
              engine, transport.clients(), deadline, system.scheduler(), system.dispatcher());
      drain.report().thenAccept(drained::complete);
    } else {
      drain.notLaterThan(deadline);
    }
    return drained;
  }

  /** Comes when a drain has ended, whoever began it. */
  public CompletionStage<DrainReport> drained() {
    return drained;
  }

  private void drainAsConfigured() {
    drain(drainDeadline);
  }

  /** Ends at once, whatever runs. */
  @Override
  public void close() {
    seatsWatch.cancel();
    upstreams.close();
    callers.close();
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

  private static <T> T bound(CompletionStage<T> binding, String host, int port) {
    try {
      return binding
          .toCompletableFuture()
          .orTimeout(START.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "cannot listen on %s:%d: the address is in use or not this machine's"
              .formatted(host, port),
          e.getCause());
    }
  }
}
