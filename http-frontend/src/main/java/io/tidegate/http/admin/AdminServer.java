package io.tidegate.http.admin;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.duration.FiniteDuration;

/**
 * A port for the operator, or for who asks after the gate's health: answers its routes, and lets
 * only those change something who may.
 *
 * <p>Threading: safe for all.
 */
final class AdminServer {

  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");

  /** Few look here. Who comes beyond these waits until another leaves. */
  static final int MAX_CONNECTIONS = 64;

  private static final long MAX_BODY_BYTES = 64 * 1024;
  private static final long BODY_MILLIS = 10_000;
  private static final String BLOCKING = "pekko.actor.default-blocking-io-dispatcher";

  private final List<AdminRoute> routes;
  private final AdminAccess access;
  private final Materializer materializer;
  private final Executor executor;
  private volatile InetSocketAddress own;

  private AdminServer(ActorSystem system, List<AdminRoute> routes, AdminAccess access) {
    this.routes = List.copyOf(routes);
    this.access = access;
    this.materializer = Materializer.createMaterializer(system);
    this.executor = system.dispatchers().lookup(BLOCKING);
  }

  /**
   * Binds a port.
   *
   * @param silence after which a connection is closed, whatever it waits for
   * @return the address, once it accepts connections; fails if it cannot be bound
   */
  static CompletionStage<ServerBinding> bind(
      ActorSystem system,
      String host,
      int port,
      AdminAccess access,
      Duration silence,
      List<AdminRoute> routes) {
    AdminServer server = new AdminServer(system, routes, access);
    Function<HttpRequest, CompletionStage<HttpResponse>> handler = server::answerOnceRead;
    return Http.get(system)
        .newServerAt(host, port)
        .withSettings(settings(system, silence))
        .bind(handler)
        .thenApply(
            binding -> {
              server.own = binding.localAddress();
              return binding;
            });
  }

  /**
   * The data port's own settings have no deadline, since its connections have deadlines of ours.
   */
  private static ServerSettings settings(ActorSystem system, Duration silence) {
    ServerSettings settings = ServerSettings.create(system);
    FiniteDuration idle = FiniteDuration.create(silence.toNanos(), TimeUnit.NANOSECONDS);
    return settings
        .withMaxConnections(MAX_CONNECTIONS)
        .withTimeouts(settings.getTimeouts().withIdleTimeout(idle));
  }

  /**
   * Answers when the body has come: Pekko closes a connection that is answered before, with a
   * warning.
   */
  private CompletionStage<HttpResponse> answerOnceRead(HttpRequest request) {
    return request
        .entity()
        .toStrict(BODY_MILLIS, MAX_BODY_BYTES, materializer)
        .<Optional<HttpEntity.Strict>>thenApply(Optional::of)
        .exceptionally(failure -> Optional.empty())
        .thenCompose(
            body ->
                body.isEmpty()
                    ? CompletableFuture.completedFuture(
                        AdminAnswers.error(400, "The body is too long, too slow or broken."))
                    : CompletableFuture.supplyAsync(
                        () -> answer(request, body.get().getData().utf8String()), executor));
  }

  private HttpResponse answer(HttpRequest request, String body) {
    String path = request.getUri().path();
    List<AdminRoute> here = new ArrayList<>(routes);
    here.removeIf(route -> !route.isAt(path));
    if (here.isEmpty()) {
      return AdminAnswers.error(404, "There is nothing at this address.");
    }
    for (AdminRoute route : here) {
      if (route.method().equals(request.method().name())) {
        return answer(route, request, asked(route, request, body));
      }
    }
    return AdminAnswers.error(405, "This address does not take that method.");
  }

  private static AdminRoute.Request asked(AdminRoute route, HttpRequest http, String body) {
    Uri uri = http.getUri();
    return new AdminRoute.Request(
        route.nameIn(uri.path()), uri.query().get("after").orElse(""), body);
  }

  private HttpResponse answer(AdminRoute route, HttpRequest http, AdminRoute.Request request) {
    Optional<String> refusal = access.refusal(route.needs(), http, own);
    if (refusal.isPresent()) {
      AUDIT.warn("{} {} refused: {}", route.method(), route.path(), refusal.get());
      return AdminAnswers.error(403, refusal.get());
    }
    return route.handler().answer(request);
  }
}
