package io.tidegate.http.transport.stock;

import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.transport.ClientConnection;
import io.tidegate.http.transport.ClientLayers;
import io.tidegate.http.transport.OpenConnections;
import io.tidegate.http.transport.ServerTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
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
 * The data port on Pekko's own TCP: accepts connections and joins each with its layers.
 *
 * <p>Threading: safe for all.
 */
public final class StockTransport implements ServerTransport {

  /** Asks for more bytes only when the kernel has taken the last. */
  private static final Attributes UNBUFFERED = TcpAttributes.tcpWriteBufferSize(1);

  private static final List<Inet.SocketOption> OPTIONS =
      List.of(TcpSO.tcpNoDelay(true), TcpSO.sendBufferSize(ClientLayers.SEND_BUFFER_BYTES));

  private final OpenConnections clients;
  private final Tcp.ServerBinding binding;

  private StockTransport(OpenConnections clients, Tcp.ServerBinding binding) {
    this.clients = clients;
    this.binding = binding;
  }

  /**
   * Binds the data port.
   *
   * @return the transport, once it accepts connections; fails if the address cannot be bound
   */
  public static CompletionStage<ServerTransport> bind(
      ActorSystem system, ListenConfig listen, ClientLayers layers) {
    Materializer materializer = Materializer.createMaterializer(system);
    return Tcp.get(system)
        .bind(listen.host(), listen.port(), layers.backlog(), OPTIONS, true, Optional.empty())
        .toMat(Sink.foreach(accepted -> accept(accepted, layers, materializer)), Keep.left())
        .run(materializer)
        .thenApply(binding -> new StockTransport(layers.clients(), binding));
  }

  private static void accept(
      Tcp.IncomingConnection accepted, ClientLayers layers, Materializer materializer) {
    Optional<ClientConnection> client = layers.clients().admit(accepted.remoteAddress());
    if (client.isEmpty()) {
      accepted.handleWith(hangUp(), materializer);
      return;
    }
    StockSocket socket = new StockSocket(client.get(), layers.clients());
    accepted
        .flow()
        .addAttributes(UNBUFFERED)
        .join(layers.flow(client.get()).join(BidiFlow.fromGraph(socket)))
        .run(materializer);
  }

  private static Flow<ByteString, ByteString, NotUsed> hangUp() {
    return Flow.fromSinkAndSourceCoupled(Sink.cancelled(), Source.empty());
  }

  @Override
  public InetSocketAddress localAddress() {
    return binding.localAddress();
  }

  @Override
  public OpenConnections clients() {
    return clients;
  }
}
