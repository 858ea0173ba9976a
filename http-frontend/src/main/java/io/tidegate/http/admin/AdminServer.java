package io.tidegate.http.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tidegate.engine.Engine;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.upstream.Upstreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.duration.FiniteDuration;

/**
 * The operator's port: {@code /healthz}, {@code /readyz}, {@code /metrics}, {@code
 * /admin/v1/status} and {@code /admin/v1/drain}.
 *
 * <p>Threading: safe for all.
 */
public final class AdminServer {

  private static final Logger AUDIT = LoggerFactory.getLogger("io.tidegate.audit");

  private static final ContentType METRICS_TEXT =
      ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  /** Few look here. Who comes beyond these waits until another leaves. */
  static final int MAX_CONNECTIONS = 64;

  private static final long MAX_BODY_BYTES = 64 * 1024;
  private static final long BODY_MILLIS = 10_000;

  private final Engine engine;
  private final Upstreams upstreams;
  private final StatusPage status;
  private final AdminAccess access;
  private final Runnable drain;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();
  private volatile InetSocketAddress own;

  private AdminServer(
      Engine engine,
      Upstreams upstreams,
      StatusPage status,
      Optional<String> token,
      Runnable drain) {
    this.engine = engine;
    this.upstreams = upstreams;
    this.status = status;
    this.access = new AdminAccess(token);
    this.drain = drain;
    Metrics.register(registry, engine, upstreams);
    JvmMetrics.builder().register(registry);
  }

  /**
   * Binds the operator's port.
   *
   * @param silence after which a connection is closed, whatever it waits for
   * @param drain begins to drain the gate
   * @return the address, once it accepts connections; fails if it cannot be bound
   */
  public static CompletionStage<ServerBinding> bind(
      ActorSystem system,
      AdminConfig config,
      Duration silence,
      Engine engine,
      Upstreams upstreams,
      String version,
      Runnable drain) {
    AdminServer server =
        new AdminServer(
            engine, upstreams, new StatusPage(engine, upstreams, version), config.token(), drain);
    Materializer materializer = Materializer.createMaterializer(system);
    Function<HttpRequest, CompletionStage<HttpResponse>> handler =
        request -> server.answerOnceRead(request, materializer);
    return Http.get(system)
        .newServerAt(config.host(), config.port())
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
   * warning. Nothing asks for a body here, so that it may only be short.
   */
  private CompletionStage<HttpResponse> answerOnceRead(
      HttpRequest request, Materializer materializer) {
    return request
        .entity()
        .toStrict(BODY_MILLIS, MAX_BODY_BYTES, materializer)
        .handle(
            (body, failure) ->
                failure == null
                    ? answer(request)
                    : error(400, "The body is too long, too slow or broken."));
  }

  private HttpResponse answer(HttpRequest request) {
    String path = request.getUri().path();
    boolean read = request.method().equals(HttpMethods.GET);
    return switch (path) {
      case "/healthz" -> text(200, "ok\n");
      case "/readyz" -> ready();
      case "/metrics" -> read ? metrics() : methodNotAllowed();
      case "/admin/v1/status" -> read ? json(200, status.json()) : methodNotAllowed();
      case "/admin/v1/drain" ->
          request.method().equals(HttpMethods.POST) ? beginDrain(request) : methodNotAllowed();
      default -> error(404, "There is nothing at this address.");
    };
  }

  private HttpResponse ready() {
    if (engine.draining()) {
      return text(503, "draining\n");
    }
    return upstreams.anyHealthy() ? text(200, "ready\n") : text(503, "no healthy upstream\n");
  }

  private HttpResponse metrics() {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      writer.write(page, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpResponse.create().withEntity(HttpEntities.create(METRICS_TEXT, page.toByteArray()));
  }

  private HttpResponse beginDrain(HttpRequest request) {
    Optional<String> refusal = access.refusal(request, own);
    if (refusal.isPresent()) {
      AUDIT.warn("drain refused: {}", refusal.get());
      return error(403, refusal.get());
    }
    AUDIT.info("drain");
    drain.run();
    return json(202, status.json());
  }

  private static HttpResponse methodNotAllowed() {
    return error(405, "This address does not take that method.");
  }

  private static HttpResponse error(int code, String sentence) {
    return json(
        code,
        "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}\n"
            .formatted(sentence.replace("\"", "\\\"")));
  }

  private static HttpResponse json(int code, String body) {
    return HttpResponse.create()
        .withStatus(StatusCodes.lookup(code).orElseThrow())
        .withEntity(ContentTypes.APPLICATION_JSON, body);
  }

  private static HttpResponse text(int code, String body) {
    return HttpResponse.create()
        .withStatus(StatusCodes.lookup(code).orElseThrow())
        .withEntity(ContentTypes.TEXT_PLAIN_UTF8, body);
  }
}
