package io.tidegate.http.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A collector that takes spans by OTLP over HTTP and keeps them; or takes none. */
final class OtlpReceiver implements AutoCloseable {

  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;

  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean holding;

  OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
  }

  /** Answers so from now on. */
  void answers(int code) {
    status = code;
  }

  /** Lets no export end until it is closed. */
  void holds() {
    holding = true;
  }

  List<ReceivedSpan> spans() {
    return spans;
  }

  /** What the exports showed as {@code x-key}. */
  List<String> keys() {
    return keys;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-key")));
    if (holding) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (status == 200) {
      spans.addAll(spansIn(body));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static List<ReceivedSpan> spansIn(byte[] body) {
    List<ReceivedSpan> found = new ArrayList<>();
    for (byte[] resource : Protobuf.messages(body, RESOURCE_SPANS)) {
      for (byte[] scope : Protobuf.messages(resource, SCOPE_SPANS)) {
        Protobuf.messages(scope, SPANS).stream().map(ReceivedSpan::of).forEach(found::add);
      }
    }
    return found;
  }

  /** Attributes by name; see OpenTelemetry's trace.proto for the numbers of fields. */
  record ReceivedSpan(
      String traceId, String spanId, String parentId, String name, Map<String, String> attributes) {

    static ReceivedSpan of(byte[] span) {
      return new ReceivedSpan(
          Protobuf.hex(span, 1),
          Protobuf.hex(span, 2),
          Protobuf.hex(span, 4),
          Protobuf.text(span, 5),
          Protobuf.attributes(span, 9));
    }
  }

  @Override
  public void close() {
    held.countDown();
    server.stop(0);
  }
}
