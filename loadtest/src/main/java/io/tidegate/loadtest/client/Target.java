package io.tidegate.loadtest.client;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Where requests go.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 * @param tls whether the connection is encrypted
 * @param path put before every request's own, without a {@code /v1} that those begin with; empty or
 *     beginning with a slash
 */
public record Target(String host, int port, boolean tls, String path) {

  /**
   * The target of a base URL.
   *
   * @throws IllegalArgumentException if it is not one of http or https with a host
   */
  public static Target of(URI url) {
    boolean tls = "https".equals(url.getScheme());
    if ((!tls && !"http".equals(url.getScheme())) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "a target must be a URL such as http://127.0.0.1:8080, not " + url);
    }
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("(/v1)?/*$", "");
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    return new Target(host, port, tls, path);
  }

  /** The address, looked up anew. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** As the Host header says it. */
  String authority() {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? literal : literal + ":" + port;
  }
}
