package io.tidegate.http.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
          && !hopByHop.contains(name)
          && !REPLACED.contains(name)
          && !HeaderNames.isGates(name)) {
        headers.add(header);
      }
    }
    headers.add(RawHeader.create("x-request-id", trip.requestId()));
    trip.serviceClass()
        .ifPresent(
            known -> {
              headers.add(RawHeader.create("x-tidegate-tier", known.tier().name()));
              headers.add(RawHeader.create("x-tidegate-class", known.label()));
              headers.add(DECISION);
              headers.add(
                  RawHeader.create(
                      "server-timing", "admission;dur=" + trip.decisionNanos() / NANOS_PER_MILLI));
            });
    if (eventStream) {
      headers.add(UNBUFFERED);
      headers.add(UNCACHED);
    }
    return headers;
  }
}
