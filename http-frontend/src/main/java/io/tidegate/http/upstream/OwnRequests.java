package io.tidegate.http.upstream;

import io.tidegate.http.config.upstream.UpstreamConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.headers.RawRequestURI;

/** What the gate reads of an upstream for itself, with the upstream's credentials. */
public final class OwnRequests {

  private OwnRequests() {}

  /** A read of a target, which is sent as it stands. */
  public static HttpRequest read(UpstreamConfig upstream, String target) {
    List<HttpHeader> headers = new ArrayList<>();
    headers.add(RawRequestURI.create(target));
    headers.add(RawHeader.create("user-agent", "tidegate"));
    upstream
        .authorization()
        .ifPresent(value -> headers.add(RawHeader.create("authorization", value)));
    upstream.headers().forEach((name, value) -> headers.add(RawHeader.create(name, value)));
    return HttpRequest.GET("/").withHeaders(headers);
  }
}
