package io.tidegate.http.upstream.wire;

import static org.apache.pekko.http.javadsl.model.ContentTypes.NO_CONTENT_TYPE;

import io.tidegate.http.transport.framing.AnswerHead;
import io.tidegate.http.transport.framing.VerbatimHead;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The head of an answer as Pekko's model has it, each character of it an octet. Its type is among
 * the headers, as it came, and not the entity's.
 */
final class Responses {

  private static final int LAST_GOOD = 399;

  private Responses() {}

  /** An answer whose body is here as a whole. */
  static HttpResponse whole(AnswerHead head, ByteString body) {
    return response(head).withEntity(HttpEntities.create(NO_CONTENT_TYPE, body));
  }

  /** An answer whose body comes from a source. */
  static HttpResponse streamed(
      AnswerHead head, AnswerHead.Body framing, Source<ByteString, NotUsed> body) {
    ResponseEntity entity =
        switch (framing) {
          case SIZED -> HttpEntities.create(NO_CONTENT_TYPE, head.length().orElseThrow(), body);
          case UNTIL_CLOSE -> HttpEntities.createCloseDelimited(NO_CONTENT_TYPE, body);
          case CHUNKED, NONE -> HttpEntities.createChunked(NO_CONTENT_TYPE, body);
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
    List<HttpHeader> headers = new ArrayList<>(head.fields().size() + 1);
    head.contentType()
        .ifPresent(type -> headers.add(RawHeader.create(VerbatimHead.CONTENT_TYPE, type)));
    for (AnswerHead.Field field : head.fields()) {
      if (!field.name().equalsIgnoreCase(VerbatimHead.CONTENT_TYPE)) {
        headers.add(RawHeader.create(field.name(), field.value()));
      }
    }
    return HttpResponse.create().withStatus(status(head.status())).withHeaders(headers);
  }

  private static StatusCode status(int code) {
    return StatusCodes.lookup(code)
        .orElseGet(() -> StatusCodes.custom(code, "Status " + code, "", code <= LAST_GOOD, true));
  }
}
