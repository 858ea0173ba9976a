package io.tidegate.http.proxy;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;

/** Path and query of a request, byte for byte as the client sent them. */
record RequestTarget(String raw) {

  private static final String MODEL_API = "/v1/";

  /** A segment that leads up, also as servers see it that take a backslash or a parameter. */
  private static final Pattern UP = Pattern.compile("[/\\\\]\\.\\.([/\\\\;]|$)");

  /** What a client of a proxy puts before the path (RFC 9112, section 3.2.2). */
  private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?]*", CASE_INSENSITIVE);

  static RequestTarget of(HttpRequest request) {
    return ofRaw(request.getHeader(RawRequestURI.class).orElseThrow().uri());
  }

  static RequestTarget ofRaw(String target) {
    return new RequestTarget(
        target.startsWith("/") ? target : ORIGIN.matcher(target).replaceFirst(""));
  }

  /** Whether it lies in the model's API. */
  boolean isModelApi() {
    return raw.startsWith(MODEL_API) && !leavesItsFolder();
  }

  /** Whether a server that resolves {@code ..} would end up elsewhere than the path says. */
  private boolean leavesItsFolder() {
    int query = raw.indexOf('?');
    String path = (query < 0 ? raw : raw.substring(0, query)).toLowerCase(Locale.ROOT);
    return (path.contains("..") || path.contains("%2e"))
        && UP.matcher(path.replace("%2e", ".").replace("%2f", "/").replace("%5c", "\\")).find();
  }
}
