package io.tidegate.http.transport.loop;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.transport.ClientLayers;
import io.tidegate.http.transport.OpenConnections;
import io.tidegate.http.transport.ServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;

/**
 * The data port on loops of the gate's own, one for each core: each client stays on one loop, with
 * its socket and its whole stream.
 *
 * <p>Threading: safe for all.
 */
public final class LoopTransport implements ServerTransport {

  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int LOOPS = Runtime.getRuntime().availableProcessors();

  private final InetSocketAddress localAddress;
  private final OpenConnections clients;

  private LoopTransport(InetSocketAddress localAddress, OpenConnections clients) {
    this.localAddress = localAddress;
    this.clients = clients;
  }

  /** The dispatchers that the actor system must have: one for each loop, which is its thread. */
  public static Config dispatchers() {
    return ConfigFactory.parseMap(
        IntStream.range(0, LOOPS)
            .mapToObj(LoopTransport::dispatcher)
            .collect(
                Collectors.toMap(
                    id -> id,
                    id ->
                        Map.of(
                            "type",
                            "Dispatcher",
                            "executor",
                            LoopExecutor.class.getName(),
                            "throughput",
                            64))));
  }

  private static String dispatcher(int number) {
    return "tidegate.loop-" + number;
  }

  /**
   * Binds the data port.
   *
   * @return the transport, once it accepts connections; fails if the address cannot be bound
   */
  public static CompletionStage<ServerTransport> bind(
      ActorSystem system, ListenConfig listen, ClientLayers layers) {
    List<CompletableFuture<Acceptor.Place>> places =
        IntStream.range(0, LOOPS).mapToObj(number -> place(system, dispatcher(number))).toList();
    return CompletableFuture.allOf(places.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> listen(system, listen, layers, places.stream().map(p -> p.join()).toList()));
  }

  /** Runs on the loop that the dispatcher has made, and makes sure that it ends. */
  private static CompletableFuture<Acceptor.Place> place(ActorSystem system, String dispatcher) {
    return CompletableFuture.supplyAsync(
        () -> {
          SocketLoop loop = SocketLoop.current().orElseThrow();
          system.registerOnTermination(loop::close);
          Attributes attributes =
              ActorAttributes.dispatcher(dispatcher).and(Attributes.inputBuffer(1, 1));
          return new Acceptor.Place(loop, attributes);
        },
        system.dispatchers().lookup(dispatcher));
  }

  private static ServerTransport listen(
      ActorSystem system, ListenConfig listen, ClientLayers layers, List<Acceptor.Place> places) {
    ServerSocketChannel server = null;
    try {
      server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(listen.host(), listen.port()), layers.backlog());
      server.configureBlocking(false);
      InetSocketAddress local = (InetSocketAddress) server.getLocalAddress();
      accept(system, layers, places, server);
      return new LoopTransport(local, layers.clients());
    } catch (IOException | RuntimeException e) {
      if (server != null) {
        SocketLoop.closeQuietly(server);
      }
      throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
    }
  }

  private static void accept(
      ActorSystem system,
      ClientLayers layers,
      List<Acceptor.Place> places,
      ServerSocketChannel server) {
    SocketLoop loop = places.get(0).loop();
    Acceptor acceptor =
        new Acceptor(
            server,
            places,
            layers,
            Materializer.createMaterializer(system),
            task ->
                system
                    .scheduler()
                    .scheduleOnce(RETRY, () -> loop.execute(task), system.dispatcher()));
    loop.execute(
        () -> {
          try {
            loop.register(server, SelectionKey.OP_ACCEPT, acceptor);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public OpenConnections clients() {
    return clients;
  }
}
