package io.tidegate.http.proxy;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;

/** Path and query of a request, byte for byte as the client sent them. */
record RequestTarget(String raw) {

  private static final String MODEL_API = "/v1/";
  private static final String MODELS = "/v1/models";
  private static final String SESSIONS = "/tidegate/v1/sessions/";

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

  /** The session that is meant, where it is one; empty text for the one without a name. */
  Optional<String> sessionName() {
    if (!raw.startsWith(SESSIONS)) {
      return Optional.empty();
    }
    return decoded(path().substring(SESSIONS.length()));
  }

  /** Whether it is the list of models. */
  boolean isModelList() {
    return path().equals(MODELS);
  }

  /** The one model that is meant; empty text if it is none. */
  String model() {
    String path = path();
    return path.startsWith(MODELS + "/")
        ? decoded(path.substring(MODELS.length() + 1)).orElse("")
        : "";
  }

  private String path() {
    int query = raw.indexOf('?');
    return query < 0 ? raw : raw.substring(0, query);
  }

  private static Optional<String> decoded(String segment) {
    try {
      // A form's plus stands for a blank, a path's for itself.
      return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException badlyEscaped) {
      return Optional.empty();
    }
  }

  /** Whether a server that resolves {@code ..} would end up elsewhere than the path says. */
  private boolean leavesItsFolder() {
    String path = path().toLowerCase(Locale.ROOT);
    return (path.contains("..") || path.contains("%2e"))
        && UP.matcher(path.replace("%2e", ".").replace("%2f", "/").replace("%5c", "\\")).find();
  }
}
