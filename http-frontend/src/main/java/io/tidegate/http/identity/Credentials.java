package io.tidegate.http.identity;

import io.tidegate.http.transport.framing.VerbatimHead;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What a client shows to be known by: a key or a token. */
final class Credentials {

  private static final String BEARER = "bearer ";

  /** Shown by somebody who uses a scheme that the gate does not know; it is nobody's. */
  private static final String NOBODYS = "";

  private Credentials() {}

  /** The first that a request shows; empty if it shows none. */
  static Optional<String> of(HttpRequest request) {
    for (HttpHeader header : request.getHeaders()) {
      if (header.is("authorization")) {
        String value = VerbatimHead.text(header.value());
        boolean bearer = value.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return Optional.of(bearer ? value.substring(BEARER.length()).strip() : NOBODYS);
      }
      if (header.is("x-api-key")) {
        return Optional.of(VerbatimHead.text(header.value()).strip());
      }
    }
    return Optional.empty();
  }
}
