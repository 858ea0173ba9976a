package io.tidegate.http.upstream;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.transport.Plaintext;
import io.tidegate.http.transport.loop.SocketLoop;
import io.tidegate.http.upstream.address.Addresses;
import io.tidegate.http.upstream.address.Names;
import io.tidegate.http.upstream.address.TlsClient;
import io.tidegate.http.upstream.wire.LoopWires;
import io.tidegate.http.upstream.wire.StreamWire;
import io.tidegate.http.upstream.wire.VerbatimAnswers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
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
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * Opens connections to one upstream: Pekko's TCP under Pekko's HTTP layer, one stream for each
 * connection and no pool above them, so that aborting a request is closing its connection. A
 * connection counts as open when its TLS handshake is over, where there is one: until then nothing
 * of a request has left.
 *
 * <p>Threading: safe for all.
 */
final class UpstreamConnector {

  /** What an upstream sends is not the gate's to print; that it failed is counted. */
  private static final Attributes NO_LOG =
      ActorAttributes.createLogLevels(
          Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

  private final ActorSystem system;
  private final Materializer materializer;
  private final UpstreamConfig config;
  private final Duration timeout;
  private final Addresses addresses;
  private final Optional<TlsClient> tls;

  /**
   * A connector to one upstream.
   *
   * @param timeout for a connection as a whole, lookup and handshake included
   * @param blocking where lookups of names may wait
   */
  UpstreamConnector(
      ActorSystem system, UpstreamConfig config, Duration timeout, Names names, Executor blocking) {
    this.system = system;
    this.materializer = Materializer.createMaterializer(system);
    this.config = config;
    this.timeout = timeout;
    this.addresses = new Addresses(config.host(), names, blocking);
    this.tls = config.secure() ? Optional.of(TlsClient.of(config)) : Optional.empty();
  }

  /**
   * The loop on which alone a new connection could be used; empty where there is no loop, and for
   * TLS, which runs as a stream.
   */
  Optional<SocketLoop> home() {
    return tls.isPresent() ? Optional.empty() : SocketLoop.current();
  }

  /** Opens a connection; fails with {@link UpstreamFailure}. */
  CompletionStage<UpstreamConnection> connect(Upstream upstream) {
    Optional<SocketLoop> home = home();
    CompletableFuture<UpstreamConnection> result = new CompletableFuture<>();
    long nowNanos = System.nanoTime();
    Cancellable deadline =
        after(timeout, () -> result.completeExceptionally(failure(Outcome.CONNECT_TIMEOUT, null)));
    whenever(result, (connection, failure) -> deadline.cancel());
    addresses
        .inOrder(nowNanos)
        .whenComplete(
            (found, unknown) -> {
              if (unknown == null) {
                tryNext(upstream, home, found.iterator(), found.size(), nowNanos, result);
              } else {
                result.completeExceptionally(
                    failure(Outcome.CONNECT_FAILED, new UnknownHostException(unknownHost())));
              }
            });
    return result;
  }

  /** Each address but the last gets half of the time that is left, so that one cannot take all. */
  private void tryNext(
      Upstream upstream,
      Optional<SocketLoop> home,
      Iterator<InetAddress> untried,
      int left,
      long begunNanos,
      CompletableFuture<UpstreamConnection> result) {
    InetAddress address = untried.next();
    long nanos = timeout.toNanos() - (System.nanoTime() - begunNanos);
    long share = Math.max(TimeUnit.MILLISECONDS.toNanos(1), left > 1 ? nanos / 2 : nanos);
    Duration patience = Duration.ofNanos(share);
    home.map(loop -> openOn(loop, upstream, address, patience))
        .orElseGet(() -> open(upstream, address, patience, result))
        .whenComplete(
            (connection, failure) -> {
              if (failure == null) {
                addresses.worked(address);
                if (!result.complete(connection)) {
                  connection.abort();
                }
              } else {
                addresses.failed(address, System.nanoTime());
                if (left > 1 && !result.isDone()) {
                  tryNext(upstream, home, untried, left - 1, begunNanos, result);
                } else {
                  result.completeExceptionally(failure);
                }
              }
            });
  }

  private CompletionStage<UpstreamConnection> openOn(
      SocketLoop loop, Upstream upstream, InetAddress address, Duration patience) {
    UpstreamConnection connection = new UpstreamConnection(upstream, Optional.of(loop));
    LoopWires wires = new LoopWires(config.url().getHost() + ":" + config.port(), materializer);
    return CompletableFuture.completedFuture(new InetSocketAddress(address, config.port()))
        .thenComposeAsync(socket -> wires.open(loop, socket, connection, patience), loop)
        .handle(
            (wire, reason) -> {
              if (reason != null) {
                connection.closed(reason);
                throw new CompletionException(failure(outcomeOf(reason), reason));
              }
              connection.runsOn(wire);
              return connection;
            });
  }

  private static Outcome outcomeOf(Throwable reason) {
    Throwable cause = reason instanceof CompletionException wrapped ? wrapped.getCause() : reason;
    return cause instanceof TimeoutException ? Outcome.CONNECT_TIMEOUT : Outcome.CONNECT_FAILED;
  }

  private CompletionStage<UpstreamConnection> open(
      Upstream upstream,
      InetAddress address,
      Duration patience,
      CompletableFuture<UpstreamConnection> wanted) {
    CompletableFuture<UpstreamConnection> opened = new CompletableFuture<>();
    UpstreamConnection connection = new UpstreamConnection(upstream, Optional.empty());
    Runnable ready = () -> opened.complete(connection);
    VerbatimAnswers answers = new VerbatimAnswers();
    Pair<
            Pair<
                BoundedSourceQueue<HttpRequest>,
                Pair<UniqueKillSwitch, CompletionStage<Tcp.OutgoingConnection>>>,
            CompletionStage<Done>>
        stream =
            Source.<HttpRequest>queue(1)
                .viaMat(http(address, patience, ready, answers), Keep.both())
                .toMat(Sink.foreach(connection::answered), Keep.both())
                .run(materializer);
    connection.runsOn(
        new StreamWire(stream.first().first(), answers, stream.first().second().first()));
    stream
        .second()
        .whenComplete(
            (done, failure) -> {
              connection.closed(failure);
              opened.completeExceptionally(failure(Outcome.CONNECT_FAILED, failure));
            });
    stream
        .first()
        .second()
        .second()
        .whenComplete(
            (connected, failure) -> {
              if (failure != null) {
                opened.completeExceptionally(failure(Outcome.CONNECT_FAILED, failure));
              } else if (tls.isEmpty()) {
                ready.run();
              }
            });
    Cancellable deadline =
        after(patience, () -> opened.completeExceptionally(failure(Outcome.CONNECT_TIMEOUT, null)));
    whenever(
        opened,
        (open, failure) -> {
          deadline.cancel();
          if (failure != null) {
            connection.abort();
          }
        });
    whenever(
        wanted,
        (won, failure) -> {
          if (failure != null) {
            opened.completeExceptionally(failure);
          }
        });
    return opened;
  }

  private Flow<
          HttpRequest,
          HttpResponse,
          Pair<UniqueKillSwitch, CompletionStage<Tcp.OutgoingConnection>>>
      http(InetAddress address, Duration patience, Runnable shaken, VerbatimAnswers answers) {
    Host host = Host.create(config.url().getHost(), config.port());
    return Http.get(system)
        .clientLayer(host, ClientConnectionSettings.create(system), NoLogging.getInstance())
        .atop(BidiFlow.fromFlows(Flow.of(SslTlsOutbound.class), Flow.fromGraph(answers)))
        .atop(tls.map(client -> secured(client, shaken)).orElseGet(Plaintext::layer))
        .atop(BidiFlow.fromGraph(KillSwitches.<ByteString, ByteString>singleBidi()), Keep.right())
        .join(tcp(address, patience), Keep.both())
        .addAttributes(NO_LOG);
  }

  private static BidiFlow<
          SslTlsOutbound, ByteString, ByteString, SslTlsInbound, org.apache.pekko.NotUsed>
      secured(TlsClient client, Runnable shaken) {
    return TLS.create(client::newEngine, session -> shaken.run(), TLSClosing.eagerClose());
  }

  private Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> tcp(
      InetAddress address, Duration patience) {
    return Tcp.get(system)
        .outgoingConnection(
            new InetSocketAddress(address, config.port()),
            Optional.empty(),
            List.of(TcpSO.tcpNoDelay(true), TcpSO.keepAlive(true)),
            false,
            Optional.of(patience),
            Optional.empty());
  }

  private Cancellable after(Duration delay, Runnable action) {
    return system.scheduler().scheduleOnce(delay, action, system.dispatcher());
  }

  /** Acts on an end whose own end nobody waits for. */
  private static void whenever(
      CompletionStage<UpstreamConnection> end, BiConsumer<UpstreamConnection, Throwable> action) {
    end.whenComplete(action);
  }

  private String unknownHost() {
    return "the name " + config.host() + " has no address";
  }

  private static UpstreamFailure failure(Outcome outcome, Throwable reason) {
    return new UpstreamFailure(outcome, reason);
  }
}
