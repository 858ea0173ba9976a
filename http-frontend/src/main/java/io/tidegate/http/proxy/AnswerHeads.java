package io.tidegate.http.proxy;

import io.tidegate.http.proxy.header.ContentTypes;
import io.tidegate.http.proxy.header.HeaderNames;
import io.tidegate.http.proxy.header.QuotaHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * The head of an answer on its way down: the upstream's status, its headers without those of the
 * hop, and the gate's own.
 */
public final class AnswerHeads {

  /** Said anew on this hop, as other proxies do. */
  private static final Set<String> REPLACED = Set.of("date", "server", "x-request-id");

  private static final HttpHeader DECISION = RawHeader.create("x-tidegate-decision", "admitted");
  private static final HttpHeader UNBUFFERED = RawHeader.create("x-accel-buffering", "no");
  private static final HttpHeader UNCACHED = RawHeader.create("cache-control", "no-cache");

  private static final String REQUESTS = "requests";
  private static final String TOKENS = "tokens";
  private static final double NANOS_PER_MILLI = 1e6;

  private AnswerHeads() {}

  /**
   * The head a client gets, still without a body.
   *
   * @param eventStream whether a stream of events follows, which nobody may hold back
   */
  public static HttpResponse of(HttpResponse answer, Trip trip, boolean eventStream) {
    return HttpResponse.create()
        .withStatus(answer.status())
        .withHeaders(headers(answer, trip, eventStream));
  }

  private static List<HttpHeader> headers(HttpResponse answer, Trip trip, boolean eventStream) {
    Set<String> hopByHop = HeaderNames.hopByHop(answer.getHeaders());
    List<HttpHeader> headers = new ArrayList<>();
    for (HttpHeader header : answer.getHeaders()) {
      String name = header.lowercaseName();
      boolean unwanted =
          eventStream && (name.equals("cache-control") || name.equals("x-accel-buffering"));
      if (!unwanted
          && !isReplaced(name, trip)
          && !hopByHop.contains(name)
          && !REPLACED.contains(name)
          && !HeaderNames.isGates(name)) {
        headers.add(header);
      }
    }
    ContentTypes.of(answer).ifPresent(type -> headers.add(ContentTypes.header(type)));
    headers.add(RawHeader.create("x-request-id", trip.requestId()));
    trip.grant().ifPresent(grant -> add(headers, grant));
    if (eventStream) {
      headers.add(UNBUFFERED);
      headers.add(UNCACHED);
    }
    return headers;
  }

  /** Whether the gate counts itself what an upstream's header speaks of. */
  private static boolean isReplaced(String name, Trip trip) {
    return (QuotaHeaders.isOf(name, REQUESTS) && trip.grant().flatMap(Grant::requests).isPresent())
        || (QuotaHeaders.isOf(name, TOKENS) && trip.grant().flatMap(Grant::tokens).isPresent());
  }

  private static void add(List<HttpHeader> headers, Grant grant) {
    headers.add(RawHeader.create("x-tidegate-tier", grant.serviceClass().tier().name()));
    headers.add(RawHeader.create("x-tidegate-class", grant.serviceClass().label()));
    headers.add(DECISION);
    double millis = (grant.decisionNanos() + grant.queuedNanos()) / NANOS_PER_MILLI;
    headers.add(RawHeader.create("server-timing", "admission;dur=" + millis));
    if (grant.queuedNanos() > 0) {
      long queuedMillis = TimeUnit.NANOSECONDS.toMillis(grant.queuedNanos());
      headers.add(RawHeader.create("x-tidegate-queue-ms", Long.toString(queuedMillis)));
    }
    grant.requests().ifPresent(left -> QuotaHeaders.add(headers, REQUESTS, left));
    grant.tokens().ifPresent(left -> QuotaHeaders.add(headers, TOKENS, left));
  }
}
