package io.tidegate.http.proxy;

import io.tidegate.http.proxy.header.RequestHeaders;
import io.tidegate.http.upstream.Upstream;
import io.tidegate.http.upstream.Upstreams;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;

/**
 * Makes the request that an upstream gets out of the one that the client sent.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class UpstreamRequests {

  /** What is rendered is the raw target; a parsed one is only asked for by Pekko's types. */
  private static final Uri PLACEHOLDER = Uri.create("/");

  private record Form(String pathPrefix, RequestHeaders headers) {}

  private final Map<Upstream, Form> forms;

  /**
   * Requests for these upstreams.
   *
   * @param scheme in which clients ask, {@code http} or {@code https}
   * @param forTheGate headers that say who is calling, in lower case; no upstream sees them
   */
  public UpstreamRequests(Upstreams upstreams, String scheme, Set<String> forTheGate) {
    forms =
        upstreams.all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), upstream -> form(upstream, scheme, forTheGate)));
  }

  /** The request of a trip for whichever upstream takes it, with a body that may be wrapped. */
  public HttpRequest make(Trip trip, Upstream taker, RequestEntity body) {
    Form form = forms.get(taker);
    return HttpRequest.create()
        .withMethod(trip.request().method())
        .withUri(PLACEHOLDER)
        .withHeaders(
            form.headers()
                .of(trip.request(), trip.client(), trip.requestId(), trip.visit().traceparent()))
        .addHeader(RawRequestURI.create(form.pathPrefix() + RequestTarget.of(trip.request()).raw()))
        .withEntity(body);
  }

  private static Form form(Upstream upstream, String scheme, Set<String> forTheGate) {
    return new Form(
        upstream.config().pathPrefix(), new RequestHeaders(upstream.config(), scheme, forTheGate));
  }
}
