package io.tidegate.http.upstream.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order in which the addresses of a host are tried: each time another one first, and those last
 * that failed within ten seconds.
 *
 * <p>Threading: safe for all.
 */
final class Rotation {

  static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AtomicInteger turn = new AtomicInteger();
  private final Map<InetAddress, Long> failedAtNanos = new ConcurrentHashMap<>();

  List<InetAddress> order(List<InetAddress> addresses, long nowNanos) {
    if (addresses.size() == 1) {
      return addresses;
    }
    List<InetAddress> good = new ArrayList<>(addresses.size());
    List<InetAddress> bad = new ArrayList<>(0);
    int first = Math.floorMod(turn.getAndIncrement(), addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      InetAddress address = addresses.get((first + i) % addresses.size());
      (failedLately(address, nowNanos) ? bad : good).add(address);
    }
    good.addAll(bad);
    return good;
  }

  void failed(InetAddress address, long nowNanos) {
    failedAtNanos.put(address, nowNanos);
  }

  void worked(InetAddress address) {
    failedAtNanos.remove(address);
  }

  /** Forgets what is no address of the host any more. */
  void retain(List<InetAddress> addresses) {
    failedAtNanos.keySet().retainAll(addresses);
  }

  private boolean failedLately(InetAddress address, long nowNanos) {
    Long at = failedAtNanos.get(address);
    return at != null && nowNanos - at < REMEMBERED_NANOS;
  }
}
