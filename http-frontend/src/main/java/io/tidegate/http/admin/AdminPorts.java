package io.tidegate.http.admin;

import io.tidegate.engine.Engine;
import io.tidegate.engine.signup.watch.Gates;
import io.tidegate.http.admin.books.StatusPage;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.listen.HealthConfig;
import io.tidegate.http.live.LiveFeed;
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
  private final Logins logins = new Logins();

  /** What both ports offer. */
  public AdminPorts(
      Engine engine,
      Supplier<Upstreams> upstreams,
      Controls controls,
      Gates gates,
      LiveFeed live,
      String version) {
    this.health = new HealthRoutes(engine, upstreams, controls, gates, live).all();
    this.operator =
        Stream.of(
                new OperatorRoutes(new StatusPage(engine, upstreams, version), controls).all(),
                new SignupCalls(gates).all(),
                new DeskRoutes(controls.desk()).all(),
                new LiveRoutes(live).all(),
                new LoginRoutes(() -> controls.config().admin().token(), logins).all())
            .flatMap(List::stream)
            .toList();
  }

  /** Binds the operator's port; fails if it cannot be bound. */
  public CompletionStage<ServerBinding> bindAdmin(
      ActorSystem system, AdminConfig config, Duration silence) {
    List<AdminRoute> routes =
        config.health().isPresent()
            ? operator
            : Stream.concat(health.stream(), operator.stream()).toList();
    return AdminServer.bind(
        system,
        config.host(),
        config.port(),
        new AdminAccess(config.token(), logins),
        silence,
        routes);
  }

  /** Binds the port for health and metrics; fails if it cannot be bound. */
  public CompletionStage<ServerBinding> bindHealth(
      ActorSystem system, HealthConfig config, Duration silence) {
    return AdminServer.bind(
        system,
        config.host(),
        config.port(),
        new AdminAccess(Optional.empty(), logins),
        silence,
        health);
  }

  /** Every call of both ports. */
  List<AdminRoute> routes() {
    return Stream.concat(health.stream(), operator.stream()).toList();
  }
}
