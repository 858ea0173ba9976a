package io.tidegate.http.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity server that publishes keys, and can be stopped and started at the same port. */
final class IdentityServer implements AutoCloseable {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile String text = "";
  private HttpServer server;
  private int port;

  /** One that runs. */
  static IdentityServer start() {
    IdentityServer made = new IdentityServer();
    made.run();
    return made;
  }

  /** Publishes these keys from now on, without their private halves. */
  IdentityServer publish(TokenMaker... makers) {
    List<JWK> keys = List.of(makers).stream().<JWK>map(TokenMaker::key).toList();
    return publish(new JWKSet(keys).toString(true));
  }

  IdentityServer publish(String answer) {
    text = answer;
    return this;
  }

  /** How often it was asked. */
  int asked() {
    return asked.get();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/keys");
  }

  /** Lets nobody connect any more. */
  void stop() {
    server.stop(0);
  }

  /** Comes back at the port it had. */
  void run() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @Override
  public void close() {
    stop();
  }
}
