package io.tidegate.http.config.listen;

import java.util.Optional;

/**
 * Where status, metrics and the operator's actions are served.
 *
 * @param host a name or address of this machine
 * @param port 0 to 65535; 0 lets the system choose
 * @param token what a caller must show to change something; without one, loopback callers may
 * @param health where health and metrics are served; empty: here
 */
public record AdminConfig(
    String host, int port, Optional<String> token, Optional<HealthConfig> health) {

  public AdminConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("admin.host: is empty");
    }
    ListenConfig.PORT.check("admin.port", port);
    if (token.isPresent() && token.get().isBlank()) {
      throw new IllegalArgumentException("admin.token: is empty");
    }
  }

  /** Port 9090 of the loopback interface, without a token. */
  public static AdminConfig defaults() {
    return new AdminConfig("127.0.0.1", 9090, Optional.empty(), Optional.empty());
  }

  public AdminConfig withPort(int port) {
    return new AdminConfig(host, port, token, health);
  }

  public AdminConfig withToken(String token) {
    return new AdminConfig(host, port, Optional.of(token), health);
  }

  public AdminConfig withHealth(HealthConfig elsewhere) {
    return new AdminConfig(host, port, token, Optional.of(elsewhere));
  }

  /** Whether both would need the same port of the same address. */
  public boolean clashesWith(ListenConfig listen) {
    return port != 0
        && port == listen.port()
        && (host.equals(listen.host()) || isEverywhere(host) || isEverywhere(listen.host()));
  }

  private static boolean isEverywhere(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AdminConfig[" + host + ":" + port + (token.isPresent() ? ", token ***]" : "]");
  }
}
