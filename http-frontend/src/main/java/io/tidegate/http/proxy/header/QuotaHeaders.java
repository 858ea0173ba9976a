package io.tidegate.http.proxy.header;

import io.tidegate.engine.admission.Allowance;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What is left of a subscriber's quotas, in the headers that OpenAI's clients read. */
public final class QuotaHeaders {

  private static final String PREFIX = "x-ratelimit-";
  private static final int MILLIS_PER_SECOND = 1_000;

  private QuotaHeaders() {}

  /** Adds the three headers of one quota, {@code requests} or {@code tokens}. */
  public static void add(List<HttpHeader> headers, String what, Allowance left) {
    headers.add(RawHeader.create(PREFIX + "limit-" + what, Long.toString(left.limit())));
    headers.add(RawHeader.create(PREFIX + "remaining-" + what, Long.toString(left.remaining())));
    headers.add(RawHeader.create(PREFIX + "reset-" + what, reset(left.resetMillis())));
  }

  /** Whether a header speaks of that quota. */
  public static boolean isOf(String lowercaseName, String what) {
    return lowercaseName.startsWith(PREFIX) && lowercaseName.endsWith("-" + what);
  }

  /** As {@code 20ms}, {@code 1s}, {@code 6m0s}, {@code 1h0m0s}; whole seconds are rounded up. */
  static String reset(long millis) {
    if (millis < MILLIS_PER_SECOND) {
      return millis + "ms";
    }
    long seconds = (millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
    if (seconds < 60) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    String rest = minutes % 60 + "m" + seconds % 60 + "s";
    return minutes < 60 ? rest : minutes / 60 + "h" + rest;
  }
}
