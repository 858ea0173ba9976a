package io.tidegate.http.upstream.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host. May block; safe for all threads. */
@FunctionalInterface
public interface Names {

  /** As the system has them. */
  Names SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * All addresses of a host, at least one.
   *
   * @throws UnknownHostException if there are none, or nobody can tell
   */
  List<InetAddress> of(String host) throws UnknownHostException;
}
