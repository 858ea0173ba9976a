package io.tidegate.http.trace;

import io.opentelemetry.context.propagation.TextMapGetter;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** The headers of a request, as the SDK looks for a trace in them. */
enum ClientHeaders implements TextMapGetter<HttpRequest> {
  INSTANCE;

  @Override
  public String get(HttpRequest request, String name) {
    return request == null ? null : request.getHeader(name).map(HttpHeader::value).orElse(null);
  }
}
