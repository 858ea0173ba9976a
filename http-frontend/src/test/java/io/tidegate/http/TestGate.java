package io.tidegate.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigSource;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.IdentityConfig;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.transport.TransportConfig;
import io.tidegate.http.config.transport.TransportKind;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.upstream.address.Names;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A gate in front of a simulated backend, both on ports of the system's choice, and what tests ask
 * of them. Seats and counts are read where an operator reads them: from {@code /metrics} and the
 * backend's {@code /stats}.
 */
public final class TestGate implements AutoCloseable {

  public static final String PLUS = "tg-test-plus";
  public static final String FREE = "tg-test-free";
  public static final String NEW = "tg-test-new";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ChatBackend backend;
  private final Frontend frontend;
  private final Path data;
  private final AtomicReference<ConfigSource> source;

  private TestGate(
      ChatBackend backend, Frontend frontend, Path data, AtomicReference<ConfigSource> source) {
    this.source = source;
    this.backend = backend;
    this.frontend = frontend;
    this.data = data;
  }

  /** A gate with 40 seats, 12 of them reserved, before a quick backend. */
  public static TestGate start() {
    return start(UnaryOperator.identity(), UnaryOperator.identity());
  }

  public static TestGate start(
      UnaryOperator<BackendSettings> backendChange, UnaryOperator<GateConfig> gateChange) {
    return start(backendChange, gateChange, Names.SYSTEM);
  }

  /** The same, with another way to find the upstreams' addresses. */
  static TestGate start(
      UnaryOperator<BackendSettings> backendChange,
      UnaryOperator<GateConfig> gateChange,
      Names names) {
    ChatBackend backend =
        ChatBackend.start(
            backendChange.apply(
                BackendSettings.defaults()
                    .withPort(0)
                    .withSeed(1)
                    .withCapacitySeats(400)
                    .withFirstTokenMillis(5)
                    .withTokenMillis(2)));
    try {
      Path data = Files.createTempDirectory("tidegate-test");
      GateConfig config =
          GateConfig.defaults()
              .withListen(ListenConfig.defaults().withPort(0))
              .withAdmin(AdminConfig.defaults().withPort(0))
              .withDataDir(data)
              .withUpstreams(List.of(UpstreamConfig.of("sim", URI.create(backend.url()))))
              .withLimit(LimitConfig.fixed(40).withReserve(12))
              .withIdentity(IdentityConfig.of(keys(400)))
              .withTransport(transport());
      GateConfig first = gateChange.apply(config);
      AtomicReference<ConfigSource> source = new AtomicReference<>(() -> first);
      Frontend frontend = Frontend.start(first, () -> source.get().read(), names);
      return new TestGate(backend, frontend, data, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  /** {@code -Dtransport=} {@code direct}, {@code loop} or {@code stock}; else the default. */
  private static TransportConfig transport() {
    TransportConfig defaults = TransportConfig.defaults();
    String word = System.getProperty("transport", "");
    return switch (word) {
      case "" -> defaults;
      case "direct" -> defaults.withKind(TransportKind.LOOP).withDirect(true);
      default -> defaults.withKind(TransportKind.find(word).orElseThrow()).withDirect(false);
    };
  }

  /** One subscriber for each constant, and {@code count} more of the tier "new". */
  private static List<ApiKeyConfig> keys(int count) {
    List<ApiKeyConfig> keys = new ArrayList<>();
    keys.add(ApiKeyConfig.ofKey(PLUS, "patricia", "plus"));
    keys.add(ApiKeyConfig.ofKey(FREE, "fred", "free"));
    keys.add(ApiKeyConfig.ofKey(NEW, "nadia", "new"));
    for (int i = 0; i < count; i++) {
      keys.add(ApiKeyConfig.ofKey(newKey(i), "newcomer-" + i, "new"));
    }
    return keys;
  }

  /** The key of one of 400 different new subscribers. */
  public static String newKey(int number) {
    return NEW + "-" + number;
  }

  /** What a reload reads from now on; at first it is what the gate was started with. */
  public void reads(ConfigSource next) {
    source.set(next);
  }

  /** What a reload would read. */
  public GateConfig config() {
    try {
      return source.get().read();
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  public ChatBackend backend() {
    return backend;
  }

  public Frontend frontend() {
    return frontend;
  }

  public int port() {
    return frontend.dataAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Opens a connection to the data port. */
  public RawClient connect() {
    return RawClient.connect(port());
  }

  /** The value of a series of {@code /metrics}, summed over all that match. */
  public double metric(String name, String... labels) {
    return sum(admin("/metrics").body(), name, labels);
  }

  /** The same from a page that was read before, for values of one moment. */
  public static double sum(String page, String name, String... labels) {
    return page.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  public double inflightSeats() {
    return metric("tidegate_inflight_seats");
  }

  public double outcomes(String outcome) {
    return metric("tidegate_completed_total", "outcome=\"" + outcome + "\"");
  }

  /** A read on the admin port. */
  public HttpResponse<String> admin(String path) {
    return send(HttpRequest.newBuilder(URI.create(adminUrl() + path)).build());
  }

  /** A page of the backend, asked for without the gate. */
  public String backendPage(String path) {
    return send(HttpRequest.newBuilder(URI.create(backend.url() + path)).build()).body();
  }

  /** The head of the last model request as the backend got it, and the length of its body. */
  public JsonNode lastRequest() throws IOException {
    return new ObjectMapper().readTree(backendPage("/stats/last-request"));
  }

  public String adminUrl() {
    return "http://127.0.0.1:" + frontend.adminAddress().getPort();
  }

  public static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One chat request, answered in one piece unless {@code body} asks for a stream. */
  public HttpResponse<String> chat(String key, String body, Optional<String> script) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + "/v1/chat/completions"))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    script.ifPresent(directives -> request.header("x-backend-script", directives));
    return send(request.build());
  }

  /** The JSON of a chat request for so many tokens. */
  public static String ask(int tokens, boolean stream) {
    return """
    {"model":"simulated-chat","stream":%s,"max_tokens":%d,\
    "messages":[{"role":"user","content":"Tell me about tides."}]}\
    """
        .formatted(stream, tokens);
  }

  @Override
  public void close() {
    frontend.close();
    backend.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
