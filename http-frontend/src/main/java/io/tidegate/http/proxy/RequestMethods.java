package io.tidegate.http.proxy;

import java.util.Locale;
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

  /**
   * Whether a browser asks what a page of another site may send (Fetch Standard, section 4.8). It
   * asks before it may show a key.
   */
  public static boolean isPreflight(HttpRequest request) {
    return request.method().equals(HttpMethods.OPTIONS)
        && request.getHeader("origin").isPresent()
        && request.getHeader("access-control-request-method").isPresent();
  }

  /**
   * Whether a client wants to speak WebSocket. Any other protocol it offers may be passed over (RFC
   * 9110, section 7.8), and it goes on in HTTP/1.1; whoever wants this one has nothing else to say.
   */
  static boolean wantsWebSocket(HttpRequest request) {
    return request
        .getHeader("upgrade")
        .filter(upgrade -> upgrade.value().toLowerCase(Locale.ROOT).contains("websocket"))
        .isPresent();
  }
}
