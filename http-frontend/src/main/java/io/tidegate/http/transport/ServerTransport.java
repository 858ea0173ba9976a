package io.tidegate.http.transport;

import java.net.InetSocketAddress;

/**
 * The data port: accepts clients' connections and carries their bytes, until the gate's actor
 * system ends.
 *
 * <p>Threading: safe for all.
 */
public interface ServerTransport {

  /** The address clients connect to; its port is the real one where the system chose it. */
  InetSocketAddress localAddress();

  /** Everybody who is connected. */
  OpenConnections clients();
}
