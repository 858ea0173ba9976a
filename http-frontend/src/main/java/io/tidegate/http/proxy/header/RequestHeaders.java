package io.tidegate.http.proxy.header;

import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The headers of a request on its way up: the client's own, byte for byte, without those of the hop
 * and without the gate's credentials; the upstream's credentials; where the request comes from.
 */
public final class RequestHeaders {

  /** The client's word on these counts for nothing, or is for the gate alone. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "host",
          "expect",
          "authorization",
          "x-api-key",
          "api-key",
          "priority",
          "x-priority",
          "x-subscriber-id",
          "x-tier",
          "x-request-id",
          "x-forwarded-for",
          "raw-request-uri");

  private final UpstreamConfig upstream;
  private final String scheme;
  private final Set<String> unwanted;

  public RequestHeaders(UpstreamConfig upstream, String scheme, Set<String> forTheGate) {
    this.upstream = upstream;
    this.scheme = scheme;
    this.unwanted =
        Stream.of(NOT_PASSED, forTheGate, upstream.headers().keySet())
            .flatMap(Set::stream)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Those of one request.
   *
   * @param traceparent the gate's own span, in place of the client's; empty: as the client sent it
   */
  public List<HttpHeader> of(
      HttpRequest request,
      InetSocketAddress client,
      String requestId,
      Optional<String> traceparent) {
    Set<String> hopByHop = HeaderNames.hopByHop(request.getHeaders());
    List<HttpHeader> headers = new ArrayList<>();
    String forwardedFor = client.getAddress().getHostAddress();
    boolean traced = false;
    boolean hostForwarded = false;
    boolean protoForwarded = false;
    String host = null;
    for (HttpHeader header : request.getHeaders()) {
      String name = header.lowercaseName();
      if (name.equals("x-forwarded-for")) {
        forwardedFor = header.value() + ", " + forwardedFor;
      } else if (name.equals("host")) {
        host = header.value();
      }
      if (!unwanted.contains(name) && !hopByHop.contains(name) && !HeaderNames.isGates(name)) {
        if (name.equals("traceparent")) {
          if (traceparent.isPresent()) {
            continue;
          }
          traced = true;
        }
        hostForwarded |= name.equals("x-forwarded-host");
        protoForwarded |= name.equals("x-forwarded-proto");
        headers.add(header);
      }
    }
    ContentTypes.of(request).ifPresent(type -> headers.add(ContentTypes.header(type)));
    headers.add(RawHeader.create("x-forwarded-for", forwardedFor));
    if (!protoForwarded) {
      headers.add(RawHeader.create("x-forwarded-proto", scheme));
    }
    if (host != null && !hostForwarded) {
      headers.add(RawHeader.create("x-forwarded-host", host));
    }
    headers.add(RawHeader.create("x-request-id", requestId));
    if (!traced) {
      headers.add(RawHeader.create("traceparent", traceparent.orElseGet(RequestHeaders::newTrace)));
    }
    upstream
        .authorization()
        .ifPresent(value -> headers.add(RawHeader.create("authorization", value)));
    upstream.headers().forEach((name, value) -> headers.add(RawHeader.create(name, value)));
    return headers;
  }

  /** The first span of a new trace, unsampled (W3C Trace Context, section 3.2). */
  private static String newTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(random.nextLong())
        + hex.toHexDigits(random.nextLong() | 1)
        + "-"
        + hex.toHexDigits(random.nextLong() | 1)
        + "-00";
  }
}
