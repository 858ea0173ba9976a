package io.tidegate.http.upstream.wire;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.util.ByteString;

/**
 * The head of a request as an upstream gets it. Headers are those of the request, byte for byte;
 * what frames the body comes from its entity alone.
 */
final class RequestHeads {

  /** Stands among the headers of a request, and holds its target. */
  private static final String TARGET = "raw-request-uri";

  private static final int USUAL_CHARS = 512;

  private RequestHeads() {}

  /**
   * The head with the blank line behind it.
   *
   * @param host what the request names as its host
   */
  static ByteString of(HttpRequest request, String host) {
    String target = request.getUri().toString();
    StringBuilder fields = new StringBuilder(USUAL_CHARS);
    for (HttpHeader header : request.getHeaders()) {
      if (header.lowercaseName().equals(TARGET)) {
        target = header.value();
      } else {
        field(fields, header.name(), header.value());
      }
    }
    frame(fields, request);
    String head =
        request.method().value()
            + ' '
            + target
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + fields
            + "\r\n";
    return ByteString.fromArrayUnsafe(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void frame(StringBuilder fields, HttpRequest request) {
    RequestEntity entity = request.entity();
    String type = entity.getContentType().toString();
    if (!type.equals("none/none")) {
      field(fields, "Content-Type", type);
    }
    if (entity instanceof HttpEntity.Chunked) {
      field(fields, "Transfer-Encoding", "chunked");
    } else {
      long length = entity.getContentLengthOption().orElse(0);
      if (length > 0 || request.method().isEntityAccepted()) {
        field(fields, "Content-Length", Long.toString(length));
      }
    }
  }

  private static void field(StringBuilder fields, String name, String value) {
    fields.append(name).append(": ").append(value).append("\r\n");
  }
}
