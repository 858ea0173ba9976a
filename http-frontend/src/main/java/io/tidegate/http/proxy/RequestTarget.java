package io.tidegate.http.proxy;

import java.util.Locale;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;

/** Path and query of a request as the client sent them, byte for byte. */
record RequestTarget(String raw) {

  private static final String MODEL_API = "/v1/";

  static RequestTarget of(HttpRequest request) {
    return new RequestTarget(request.getHeader(RawRequestURI.class).orElseThrow().uri());
  }

  /** Whether it lies in the model's API. */
  boolean isModelApi() {
    return raw.startsWith(MODEL_API) && !leavesItsFolder();
  }

  /** Whether a server that resolves {@code ..} would end up elsewhere than the path says. */
  private boolean leavesItsFolder() {
    int query = raw.indexOf('?');
    String path = (query < 0 ? raw : raw.substring(0, query)).toLowerCase(Locale.ROOT);
    return (path.contains("..") || path.contains("%2e")) && hasDotSegment(path.replace("%2e", "."));
  }

  private static boolean hasDotSegment(String path) {
    return path.contains("/../") || path.endsWith("/..") || path.contains("/..%2f");
  }
}
