package io.tidegate.http.proxy.header;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;

/** Which headers belong to one hop, or to the gate, and do not travel on. */
public final class HeaderNames {

  /** Meant for the next hop only (RFC 9110, section 7.6.1, and what is in the wild). */
  static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String GATE_PREFIX = "x-tidegate-";

  private HeaderNames() {}

  /** Whether a header is the gate's to say, so that nobody else's is passed on. */
  public static boolean isGates(String lowercaseName) {
    return lowercaseName.startsWith(GATE_PREFIX);
  }

  /** Hop-by-hop headers: those known, and those that a {@code Connection} header names. */
  public static Set<String> hopByHop(Iterable<HttpHeader> headers) {
    Set<String> named = null;
    for (HttpHeader header : headers) {
      if (header.is("connection")) {
        named = named == null ? new HashSet<>(HOP_BY_HOP) : named;
        for (String token : Arrays.asList(header.value().split(",", -1))) {
          named.add(token.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return Optional.ofNullable(named).orElse(HOP_BY_HOP);
  }
}
