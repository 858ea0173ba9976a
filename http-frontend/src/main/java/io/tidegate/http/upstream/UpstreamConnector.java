package io.tidegate.http.upstream;

import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.transport.Plaintext;
import io.tidegate.http.transport.loop.SocketLoop;
import io.tidegate.http.upstream.wire.LoopWires;
import io.tidegate.http.upstream.wire.StreamWire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Host;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * Opens connections to upstreams: Pekko's TCP under Pekko's HTTP layer, one stream for each
 * connection and no pool above them, so that aborting a request is closing its connection.
 *
 * <p>Threading: safe for all.
 */
final class UpstreamConnector {

  /** What an upstream sends is not the gate's to print; that it failed is counted. */
  private static final Attributes NO_LOG =
      ActorAttributes.createLogLevels(
          Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

  /** Where lookups of names may wait. */
  private static final String BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  private final ActorSystem system;
  private final Materializer materializer;
  private final Duration connectTimeout;
  private final Executor blocking;

  UpstreamConnector(ActorSystem system, Duration connectTimeout) {
    this.system = system;
    this.materializer = Materializer.createMaterializer(system);
    this.connectTimeout = connectTimeout;
    this.blocking = system.dispatchers().lookup(BLOCKING);
  }

  /** The loop on which alone a new connection could be used; empty where there is no loop. */
  Optional<SocketLoop> home() {
    return SocketLoop.current();
  }

  /** Opens a connection; fails with {@link UpstreamFailure}. */
  CompletionStage<UpstreamConnection> connect(Upstream upstream) {
    return home().map(loop -> connectOn(loop, upstream)).orElseGet(() -> connectAnywhere(upstream));
  }

  private CompletionStage<UpstreamConnection> connectOn(SocketLoop loop, Upstream upstream) {
    UpstreamConfig config = upstream.config();
    long begunNanos = System.nanoTime();
    UpstreamConnection connection = new UpstreamConnection(upstream, Optional.of(loop));
    LoopWires wires = new LoopWires(config.url().getHost() + ":" + config.port(), materializer);
    return CompletableFuture.supplyAsync(() -> address(config), blocking)
        .thenComposeAsync(address -> wires.open(loop, address, connection, connectTimeout), loop)
        .handle(
            (wire, failure) -> {
              if (failure != null) {
                connection.closed(failure);
                throw new CompletionException(failure(failure, begunNanos));
              }
              connection.runsOn(wire);
              return connection;
            });
  }

  private static InetSocketAddress address(UpstreamConfig config) {
    return new InetSocketAddress(config.url().getHost(), config.port());
  }

  private CompletionStage<UpstreamConnection> connectAnywhere(Upstream upstream) {
    long begunNanos = System.nanoTime();
    UpstreamConnection connection = new UpstreamConnection(upstream, Optional.empty());
    Pair<
            Pair<
                BoundedSourceQueue<HttpRequest>,
                Pair<UniqueKillSwitch, CompletionStage<Tcp.OutgoingConnection>>>,
            CompletionStage<Done>>
        stream =
            Source.<HttpRequest>queue(1)
                .viaMat(http(upstream.config()), Keep.both())
                .toMat(Sink.foreach(connection::answered), Keep.both())
                .run(materializer);
    connection.runsOn(new StreamWire(stream.first().first(), stream.first().second().first()));
    stream.second().whenComplete((done, failure) -> connection.closed(failure));
    return stream
        .first()
        .second()
        .second()
        .handle(
            (connected, failure) -> {
              if (failure != null) {
                throw new CompletionException(failure(failure, begunNanos));
              }
              return connection;
            });
  }

  /** Opens a connection and closes it again; fails with {@link UpstreamFailure}. */
  CompletionStage<Done> probe(Upstream upstream) {
    long begunNanos = System.nanoTime();
    Pair<CompletableFuture<Optional<ByteString>>, CompletionStage<Tcp.OutgoingConnection>> stream =
        Source.<ByteString>maybe()
            .viaMat(tcp(upstream.config()), Keep.both())
            .to(Sink.ignore())
            .run(materializer);
    return stream
        .second()
        .handle(
            (connected, failure) -> {
              stream.first().complete(Optional.empty());
              if (failure != null) {
                throw new CompletionException(failure(failure, begunNanos));
              }
              return Done.getInstance();
            });
  }

  private UpstreamFailure failure(Throwable reason, long begunNanos) {
    boolean late = System.nanoTime() - begunNanos >= connectTimeout.toNanos();
    return Upstream.connectFailure(reason, late);
  }

  private Flow<
          HttpRequest,
          HttpResponse,
          Pair<UniqueKillSwitch, CompletionStage<Tcp.OutgoingConnection>>>
      http(UpstreamConfig upstream) {
    Host host = Host.create(upstream.url().getHost(), upstream.port());
    return Http.get(system)
        .clientLayer(host, ClientConnectionSettings.create(system), NoLogging.getInstance())
        .atop(Plaintext.layer())
        .atop(BidiFlow.fromGraph(KillSwitches.<ByteString, ByteString>singleBidi()), Keep.right())
        .join(tcp(upstream), Keep.both())
        .addAttributes(NO_LOG);
  }

  private Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> tcp(
      UpstreamConfig upstream) {
    return Tcp.get(system)
        .outgoingConnection(
            InetSocketAddress.createUnresolved(upstream.url().getHost(), upstream.port()),
            Optional.empty(),
            List.of(TcpSO.tcpNoDelay(true)),
            false,
            Optional.of(connectTimeout),
            Optional.empty());
  }
}
