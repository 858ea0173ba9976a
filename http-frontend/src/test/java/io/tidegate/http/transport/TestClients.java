package io.tidegate.http.transport;

import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.upstream.TimeoutConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Clients without a socket. */
public final class TestClients {

  private TestClients() {}

  public static ClientConnection client() {
    return new OpenConnections(
            OpenConnections.Bounds.of(ListenConfig.defaults(), TimeoutConfig.defaults()))
        .admit(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
        .orElseThrow();
  }
}
