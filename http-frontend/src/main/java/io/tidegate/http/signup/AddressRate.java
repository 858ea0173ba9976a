package io.tidegate.http.signup;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one address may join in a minute: a bucket for each that came of late.
 *
 * <p>At most 65,536 are remembered; whoever came longest ago is forgotten first, which gives a
 * flood from that many addresses nothing that new addresses would not. An IPv6 network of 64 bits
 * counts as one.
 *
 * <p>Threading: safe for all; a lock is held for a look into a map.
 */
final class AddressRate {
  private static final int REMEMBERED = 65_536;
  private static final double MINUTE_NANOS = 60e9;

  private record Bucket(double left, long atNanos) {}

  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  AddressRate(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Takes one of an address's joins; returns how long to wait in seconds, 0 if it was taken. */
  long take(InetAddress address, long nowNanos) {
    String name = network(address);
    synchronized (buckets) {
      Bucket before = buckets.getOrDefault(name, new Bucket(perMinute, nowNanos));
      double refilled = (nowNanos - before.atNanos()) / MINUTE_NANOS * perMinute;
      double left = Math.min(perMinute, before.left() + refilled);
      boolean taken = left >= 1;
      buckets.put(name, new Bucket(taken ? left - 1 : left, nowNanos));
      return taken ? 0 : (long) Math.ceil((1 - left) * 60 / perMinute);
    }
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, 8); i++) {
      name.append((char) (bytes[i] & 0xff));
    }
    return name.toString();
  }
}
