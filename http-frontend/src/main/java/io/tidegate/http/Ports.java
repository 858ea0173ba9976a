package io.tidegate.http;

import io.tidegate.http.admin.AdminPorts;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.transport.ClientLayers;
import io.tidegate.http.transport.ServerTransport;
import io.tidegate.http.transport.loop.LoopTransport;
import io.tidegate.http.transport.stock.StockTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;

/**
 * The ports of a gate, bound: for clients, for the operator, and for health where that is apart.
 *
 * @param health empty: on the operator's port
 */
record Ports(ServerTransport clients, ServerBinding admin, Optional<ServerBinding> health) {

  private static final Duration START = Duration.ofSeconds(20);

  /**
   * Binds them, and waits until they take connections.
   *
   * @throws IllegalStateException if one cannot be bound; the message names the address
   */
  static Ports bind(
      ActorSystem system, GateConfig config, ClientLayers layers, AdminPorts operator) {
    Duration silence = config.timeouts().keepAlive();
    return new Ports(
        bound(
            switch (config.transport().kind()) {
              case LOOP -> LoopTransport.bind(system, config.listen(), layers);
              case STOCK -> StockTransport.bind(system, config.listen(), layers);
            },
            config.listen().host(),
            config.listen().port()),
        bound(
            operator.bindAdmin(system, config.admin(), silence),
            config.admin().host(),
            config.admin().port()),
        config
            .admin()
            .health()
            .map(
                apart ->
                    bound(
                        operator.bindHealth(system, apart, silence), apart.host(), apart.port())));
  }

  InetSocketAddress healthAddress() {
    return health.orElse(admin).localAddress();
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
