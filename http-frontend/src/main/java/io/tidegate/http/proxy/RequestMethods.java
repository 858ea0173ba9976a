package io.tidegate.http.proxy;

import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What follows from the method of a request alone. */
public final class RequestMethods {

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethods.GET, HttpMethods.HEAD, HttpMethods.OPTIONS);

  private RequestMethods() {}

  /**
   * Whether a request only reads: it makes no model work, and sending it twice does no harm (RFC
   * 9110, section 9.2). Any other may do anything, whatever an upstream takes it for.
   */
  public static boolean isRead(HttpRequest request) {
    return READS.contains(request.method());
  }
}
