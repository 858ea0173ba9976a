package io.tidegate.http.config;

/**
 * Where clients connect, and how much a client may send.
 *
 * @param host a name or address of this machine
 * @param port 0 to 65535; 0 lets the system choose
 * @param maxConnections open connections, 1 to 1000000
 * @param maxHeaderBytes the whole head of a request, request line included, 1 KiB to 1 MiB
 * @param maxHeaders header lines of a request, 8 to 1000
 * @param maxBodyBytes the body of a request, 1 KiB to 1 GiB
 */
public record ListenConfig(
    String host,
    int port,
    int maxConnections,
    int maxHeaderBytes,
    int maxHeaders,
    long maxBodyBytes) {

  public ListenConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("listen.host: is empty");
    }
    Ranges.PORT.check("listen.port", port);
    Ranges.CONNECTIONS.check("listen.max_connections", maxConnections);
    Ranges.HEADER_BYTES.check("listen.max_header_bytes", maxHeaderBytes);
    Ranges.HEADERS.check("listen.max_headers", maxHeaders);
    Ranges.BODY_BYTES.check("listen.max_body_bytes", maxBodyBytes);
  }

  /** Port 8080 of the loopback interface. */
  public static ListenConfig defaults() {
    return new ListenConfig("127.0.0.1", 8080, 20_000, 32 * 1024, 100, 32 * 1024 * 1024);
  }

  public ListenConfig withHost(String host) {
    return new ListenConfig(host, port, maxConnections, maxHeaderBytes, maxHeaders, maxBodyBytes);
  }

  public ListenConfig withPort(int port) {
    return new ListenConfig(host, port, maxConnections, maxHeaderBytes, maxHeaders, maxBodyBytes);
  }
}
