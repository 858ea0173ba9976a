package io.tidegate.http.transport;

import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.transport.tls.ServerTls;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * What stands above a client's socket, whoever drives it: {@link ConnectionGuard}, Pekko's HTTP
 * layer, and what answers the requests.
 *
 * <p>Threading: safe for all.
 */
public final class ClientLayers {

  /**
   * What the kernel holds of an answer. Left to itself it holds megabytes, and says that it has
   * room again when a third of them is taken: too rarely to tell a slow reader from one that does
   * not read.
   */
  public static final int SEND_BUFFER_BYTES = 32 * 1024;

  private static final Duration SWEEP = Duration.ofMillis(100);

  private final BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http;
  private final Function<ClientConnection, Flow<HttpRequest, HttpResponse, NotUsed>> handlers;
  private final OpenConnections clients;
  private final Optional<ServerTls> tls;
  private final int backlog;

  /**
   * Layers for the clients of one data port, whose deadlines are looked at from now on.
   *
   * @param tls what stands between guard and socket, if anything
   * @param handlers gives each new connection what answers its requests, one after the other
   */
  public ClientLayers(
      ActorSystem system,
      ListenConfig listen,
      TimeoutConfig timeouts,
      Optional<ServerTls> tls,
      Function<ClientConnection, Flow<HttpRequest, HttpResponse, NotUsed>> handlers) {
    this.http =
        Http.get(system)
            .serverLayer(ServerSettings.create(system), Optional.empty(), NoLogging.getInstance())
            .atop(Plaintext.layer());
    this.handlers = handlers;
    this.clients = new OpenConnections(OpenConnections.Bounds.of(listen, timeouts));
    this.tls = tls;
    this.backlog = system.settings().config().getInt("pekko.http.server.backlog");
    system
        .scheduler()
        .scheduleWithFixedDelay(
            SWEEP, SWEEP, () -> clients.sweep(System.nanoTime()), system.dispatcher());
  }

  /** Holds new connections to other bounds and deadlines. */
  public void change(ListenConfig listen, TimeoutConfig timeouts) {
    clients.change(OpenConnections.Bounds.of(listen, timeouts));
  }

  /** Everybody who is connected. */
  public OpenConnections clients() {
    return clients;
  }

  /** How many connections the kernel may hold until they are accepted. */
  public int backlog() {
    return backlog;
  }

  /** All layers for one client, to be joined with its socket. */
  public Flow<ByteString, ByteString, NotUsed> flow(ClientConnection client) {
    BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> guard =
        BidiFlow.fromGraph(new ConnectionGuard(client));
    return handlers
        .apply(client)
        .join(http.atop(tls.map(secured -> guard.atop(secured.layer())).orElse(guard)));
  }
}
