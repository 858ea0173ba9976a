package io.tidegate.http.upstream.wire;

import io.tidegate.http.transport.framing.AnswerHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The head of an answer as Pekko's model has it. */
final class Responses {

  /** Upstreams say few types, and each often; what an upstream makes up is not kept. */
  private static final int MAX_KEPT_TYPES = 64;

  private static final int LAST_GOOD = 399;

  private static final Map<String, ContentType> TYPES = new ConcurrentHashMap<>();

  private Responses() {}

  /** An answer whose body is here as a whole. */
  static HttpResponse whole(AnswerHead head, ByteString body) {
    return response(head).withEntity(HttpEntities.create(type(head), body));
  }

  /** An answer whose body comes from a source. */
  static HttpResponse streamed(
      AnswerHead head, AnswerHead.Body framing, Source<ByteString, NotUsed> body) {
    ContentType type = type(head);
    ResponseEntity entity =
        switch (framing) {
          case SIZED -> HttpEntities.create(type, head.length().orElseThrow(), body);
          case UNTIL_CLOSE -> HttpEntities.createCloseDelimited(type, body);
          case CHUNKED, NONE -> HttpEntities.createChunked(type, body);
        };
    return response(head).withEntity(entity);
  }

  /** The answer to a {@code HEAD}: as the one to a {@code GET} would be, but for its body. */
  static HttpResponse withoutBody(AnswerHead head) {
    boolean sized = head.length().orElse(0) > 0;
    return sized || head.chunked()
        ? streamed(
            head,
            sized ? AnswerHead.Body.SIZED : AnswerHead.Body.CHUNKED,
            Source.<ByteString>empty())
        : whole(head, ByteString.emptyByteString());
  }

  private static HttpResponse response(AnswerHead head) {
    List<HttpHeader> headers = new ArrayList<>(head.fields().size());
    for (AnswerHead.Field field : head.fields()) {
      headers.add(RawHeader.create(field.name(), field.value()));
    }
    return HttpResponse.create().withStatus(status(head.status())).withHeaders(headers);
  }

  private static StatusCode status(int code) {
    return StatusCodes.lookup(code)
        .orElseGet(() -> StatusCodes.custom(code, "Status " + code, "", code <= LAST_GOOD, true));
  }

  private static ContentType type(AnswerHead head) {
    if (head.contentType().isEmpty()) {
      return ContentTypes.NO_CONTENT_TYPE;
    }
    String name = head.contentType().get();
    ContentType known = TYPES.get(name);
    return known == null ? parse(name) : known;
  }

  private static ContentType parse(String name) {
    try {
      ContentType parsed = ContentTypes.parse(name);
      if (TYPES.size() < MAX_KEPT_TYPES) {
        TYPES.put(name, parsed);
      }
      return parsed;
    } catch (IllegalArgumentException unknown) {
      return ContentTypes.APPLICATION_OCTET_STREAM;
    }
  }
}
