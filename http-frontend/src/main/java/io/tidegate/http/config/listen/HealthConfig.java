package io.tidegate.http.config.listen;

/**
 * Where health and metrics are served, if not on the admin port.
 *
 * @param host a name or address of this machine
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HealthConfig(String host, int port) {

  public HealthConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("health.host: is empty");
    }
    ListenConfig.PORT.check("health.port", port);
  }

  /** Port 9091 of the loopback interface. */
  public static HealthConfig defaults() {
    return new HealthConfig("127.0.0.1", 9091);
  }
}
