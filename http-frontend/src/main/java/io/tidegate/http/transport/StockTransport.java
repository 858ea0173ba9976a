package io.tidegate.http.transport;

import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.upstream.TimeoutConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.scaladsl.TcpAttributes;
import org.apache.pekko.util.ByteString;

/**
 * The data port on Pekko's own TCP: accepts connections and joins each with a {@link
 * ConnectionGuard}, Pekko's HTTP layer and a handler of its own.
 *
 * <p>Threading: safe for all.
 */
public final class StockTransport {

  private static final Duration SWEEP = Duration.ofMillis(100);

  /**
   * What the kernel holds of an answer. Left to itself it holds megabytes, and says that it has
   * room again when a third of them is taken: too rarely to tell a slow reader from one that does
   * not read.
   */
  private static final int SEND_BUFFER_BYTES = 32 * 1024;

  /** Asks for more bytes only when the kernel has taken the last, so that the guard can tell. */
  private static final Attributes UNBUFFERED = TcpAttributes.tcpWriteBufferSize(1);

  private final OpenConnections connections;
  private final Tcp.ServerBinding binding;

  private StockTransport(OpenConnections connections, Tcp.ServerBinding binding) {
    this.connections = connections;
    this.binding = binding;
  }

  /**
   * Binds the data port.
   *
   * @param handlers gives each new connection what answers its requests, one after the other
   * @return the transport, once it accepts connections; fails if the address cannot be bound
   */
  public static CompletionStage<StockTransport> bind(
      ActorSystem system,
      ListenConfig listen,
      TimeoutConfig timeouts,
      Function<ClientConnection, Flow<HttpRequest, HttpResponse, NotUsed>> handlers) {
    OpenConnections connections =
        new OpenConnections(
            listen.maxConnections(),
            listen.maxConnectionsPerAddress(),
            listen.maxHeaderBytes(),
            ConnectionTimes.of(timeouts));
    Materializer materializer = Materializer.createMaterializer(system);
    BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http =
        Http.get(system)
            .serverLayer(ServerSettings.create(system), Optional.empty(), NoLogging.getInstance())
            .atop(Plaintext.layer());
    List<Inet.SocketOption> options =
        List.of(TcpSO.tcpNoDelay(true), TcpSO.sendBufferSize(SEND_BUFFER_BYTES));

    CompletionStage<Tcp.ServerBinding> bound =
        Tcp.get(system)
            .bind(
                listen.host(),
                listen.port(),
                system.settings().config().getInt("pekko.http.server.backlog"),
                options,
                true,
                Optional.empty())
            .toMat(
                Sink.foreach(
                    accepted ->
                        connections
                            .admit(accepted.remoteAddress())
                            .ifPresentOrElse(
                                connection ->
                                    accepted
                                        .flow()
                                        .addAttributes(UNBUFFERED)
                                        .join(serve(connection, connections, http, handlers))
                                        .run(materializer),
                                () -> accepted.handleWith(hangUp(), materializer))),
                Keep.left())
            .run(materializer);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            SWEEP, SWEEP, () -> connections.sweep(System.nanoTime()), system.dispatcher());
    return bound.thenApply(binding -> new StockTransport(connections, binding));
  }

  private static Flow<ByteString, ByteString, NotUsed> serve(
      ClientConnection connection,
      OpenConnections connections,
      BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http,
      Function<ClientConnection, Flow<HttpRequest, HttpResponse, NotUsed>> handlers) {
    return handlers
        .apply(connection)
        .join(http.atop(BidiFlow.fromGraph(new ConnectionGuard(connection, connections))));
  }

  private static Flow<ByteString, ByteString, NotUsed> hangUp() {
    return Flow.fromSinkAndSourceCoupled(Sink.cancelled(), Source.empty());
  }

  /** The address clients connect to; its port is the real one where the system chose it. */
  public InetSocketAddress localAddress() {
    return binding.localAddress();
  }

  /** Closes the connections on which no request is in progress. */
  public void closeIdle() {
    connections.closeIdle();
  }

  /** Ends whatever runs on any connection. */
  public void cutAll() {
    connections.cutAll();
  }

  /** How many clients have an answer to get that is not in their sockets as a whole. */
  public int owingAnswers() {
    return connections.owingAnswers();
  }

  /** How many answers a drain has cut, or would if the gate ended now. */
  public int cutAnswers() {
    return connections.cutAnswers();
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.count();
  }
}
