package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Callers who show nothing. Each address is a subscriber of its own, so that quotas are not used up
 * by one for all; of IPv6 each network of 64 bits, since that is what one customer gets.
 *
 * <p>Threading: immutable, safe for all.
 */
final class AnonymousCallers {

  /** Begins the names of these, and of nobody else. */
  private static final String PREFIX = "anonymous:";

  private static final int SITE_BYTES = 8;

  private final Tier tier;

  AnonymousCallers(Tier tier) {
    this.tier = tier;
  }

  static boolean isOne(String id) {
    return id.startsWith(PREFIX);
  }

  Caller of(InetAddress from) {
    return new Caller.Known(
        new Subscriber(PREFIX + site(from).getHostAddress(), tier), Caller.Proof.NONE);
  }

  private static InetAddress site(InetAddress from) {
    if (!(from instanceof Inet6Address)) {
      return from;
    }
    try {
      byte[] bytes = from.getAddress();
      Arrays.fill(bytes, SITE_BYTES, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has as many bytes as before", impossible);
    }
  }
}
