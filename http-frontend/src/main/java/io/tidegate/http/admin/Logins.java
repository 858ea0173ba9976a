package io.tidegate.http.admin;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who has shown the admin token on a page and may act from there: a random name in a cookie, for
 * twelve hours, kept in memory alone.
 *
 * <p>Thread-safety: safe for all.
 */
final class Logins {
  /** Beyond these, who logged in first is logged out. */
  static final int MOST = 64;

  static final long SECONDS = TimeUnit.HOURS.toSeconds(12);

  private static final int RANDOM_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Long> endsNanosByName = new LinkedHashMap<>();

  /** Logs somebody in. Returns the name to be shown from now on. */
  synchronized String begin(long nowNanos) {
    if (endsNanosByName.size() == MOST) {
      Iterator<String> oldest = endsNanosByName.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    endsNanosByName.put(name, nowNanos + TimeUnit.SECONDS.toNanos(SECONDS));
    return name;
  }

  /** Whether somebody of that name is logged in. */
  synchronized boolean holds(String name, long nowNanos) {
    Long end = endsNanosByName.get(name);
    return end != null && end - nowNanos > 0;
  }
}
