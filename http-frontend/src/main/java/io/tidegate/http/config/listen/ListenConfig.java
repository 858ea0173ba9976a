package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Range;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Where clients connect, and how much a client may send.
 *
 * @param host a name or address of this machine
 * @param port 0 to 65535; 0 lets the system choose
 * @param maxConnections open connections, 1 to 1000000
 * @param maxHeaderBytes the whole head of a request, request line included, 1 KiB to 1 MiB
 * @param maxHeaders header lines of a request, 8 to 1000
 * @param maxBodyBytes the body of a request, 1 KiB to 1 GiB
 * @param maxHeldBodyBytes the bodies of all requests that are held in memory, at least one of the
 *     largest, to 1 TiB
 * @param maxConnectionsPerAddress open connections from one address, 1 to 1000000; empty for any
 *     number
 * @param tls the certificate; empty: no TLS
 */
public record ListenConfig(
    String host,
    int port,
    int maxConnections,
    int maxHeaderBytes,
    int maxHeaders,
    long maxBodyBytes,
    long maxHeldBodyBytes,
    OptionalInt maxConnectionsPerAddress,
    Optional<TlsConfig> tls) {

  /** What a port may be; 0 lets the system choose. */
  public static final Range PORT = new Range(0, 65_535);

  static final long DEFAULT_HELD_BYTES = 256 * 1024 * 1024;

  public ListenConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("listen.host: is empty");
    }
    PORT.check("listen.port", port);
    Allowed.CONNECTIONS.check("listen.max_connections", maxConnections);
    Allowed.HEADER_BYTES.check("listen.max_header_bytes", maxHeaderBytes);
    Allowed.HEADERS.check("listen.max_headers", maxHeaders);
    Allowed.BODY_BYTES.check("listen.max_body_bytes", maxBodyBytes);
    new Range(maxBodyBytes, Allowed.HELD_BYTES.max())
        .check("listen.max_held_body_bytes", maxHeldBodyBytes);
    Objects.requireNonNull(tls, "tls");
    maxConnectionsPerAddress.ifPresent(
        most -> Allowed.CONNECTIONS.check("listen.max_connections_per_address", most));
  }

  /** Port 8080 of the loopback interface. */
  public static ListenConfig defaults() {
    return new ListenConfig(
        "127.0.0.1",
        8080,
        20_000,
        32 * 1024,
        100,
        32 * 1024 * 1024,
        DEFAULT_HELD_BYTES,
        OptionalInt.empty(),
        Optional.empty());
  }

  public ListenConfig withHost(String host) {
    return with(draft -> draft.host = host);
  }

  public ListenConfig withPort(int port) {
    return with(draft -> draft.port = port);
  }

  public ListenConfig withMaxConnections(int maxConnections) {
    return with(draft -> draft.maxConnections = maxConnections);
  }

  public ListenConfig withMaxConnectionsPerAddress(int most) {
    return with(draft -> draft.maxConnectionsPerAddress = OptionalInt.of(most));
  }

  /**
   * The same with what a bound port can take from another: how many connections there may be, and
   * the certificate where both have one.
   */
  public ListenConfig taking(ListenConfig other) {
    return with(
        draft -> {
          draft.maxConnections = other.maxConnections;
          draft.maxConnectionsPerAddress = other.maxConnectionsPerAddress;
          draft.tls = tls.isPresent() && other.tls.isPresent() ? other.tls : tls;
        });
  }

  public ListenConfig withTls(TlsConfig certificate) {
    return with(draft -> draft.tls = Optional.of(certificate));
  }

  private ListenConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.config();
  }

  /** The same while a part of it is changed. */
  private static final class Draft {
    private String host;
    private int port;
    private int maxConnections;
    private int maxHeaderBytes;
    private int maxHeaders;
    private long maxBodyBytes;
    private long maxHeldBodyBytes;
    private OptionalInt maxConnectionsPerAddress;
    private Optional<TlsConfig> tls;

    private Draft(ListenConfig from) {
      host = from.host;
      port = from.port;
      maxConnections = from.maxConnections;
      maxHeaderBytes = from.maxHeaderBytes;
      maxHeaders = from.maxHeaders;
      maxBodyBytes = from.maxBodyBytes;
      maxHeldBodyBytes = from.maxHeldBodyBytes;
      maxConnectionsPerAddress = from.maxConnectionsPerAddress;
      tls = from.tls;
    }

    private ListenConfig config() {
      return new ListenConfig(
          host,
          port,
          maxConnections,
          maxHeaderBytes,
          maxHeaders,
          maxBodyBytes,
          maxHeldBodyBytes,
          maxConnectionsPerAddress,
          tls);
    }
  }
}
