package io.tidegate.http.admin;

import io.tidegate.engine.Engine;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.listen.HealthConfig;
import io.tidegate.http.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;

/** The operator's port, and the port for health and metrics where that is another. */
public final class AdminPorts {

  private final List<AdminRoute> health;
  private final List<AdminRoute> operator;

  /** What both ports offer. */
  public AdminPorts(
      Engine engine, Supplier<Upstreams> upstreams, Controls controls, String version) {
    this.health = new HealthRoutes(engine, upstreams, controls).all();
    this.operator = new OperatorRoutes(new StatusPage(engine, upstreams, version), controls).all();
  }

  /** Binds the operator's port; fails if it cannot be bound. */
  public CompletionStage<ServerBinding> bindAdmin(
      ActorSystem system, AdminConfig config, Duration silence) {
    List<AdminRoute> routes =
        config.health().isPresent()
            ? operator
            : Stream.concat(health.stream(), operator.stream()).toList();
    return AdminServer.bind(system, config.host(), config.port(), config.token(), silence, routes);
  }

  /** Binds the port for health and metrics; fails if it cannot be bound. */
  public CompletionStage<ServerBinding> bindHealth(
      ActorSystem system, HealthConfig config, Duration silence) {
    return AdminServer.bind(
        system, config.host(), config.port(), Optional.empty(), silence, health);
  }

  /** Every call of both ports, as method and path. */
  List<String> calls() {
    return Stream.concat(health.stream(), operator.stream())
        .map(route -> route.method() + " " + route.path())
        .toList();
  }
}
