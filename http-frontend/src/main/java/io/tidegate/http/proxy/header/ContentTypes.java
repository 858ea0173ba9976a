package io.tidegate.http.proxy.header;

import io.tidegate.http.transport.framing.VerbatimHead;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMessage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.headers.CustomHeader;

/** The type of a body, in the words of whoever sent it. */
public final class ContentTypes {

  private static final String MULTIPART = "multipart/";
  private static final String EVENT_STREAM = "text/event-stream";

  /**
   * Rendered as it is, where the entity has no type: Pekko leaves out a raw header of this name.
   */
  private static final class Verbatim extends CustomHeader {
    private final String value;

    Verbatim(String value) {
      this.value = value;
    }

    @Override
    public String name() {
      return "Content-Type";
    }

    @Override
    public String value() {
      return value;
    }

    @Override
    public boolean renderInRequests() {
      return true;
    }

    @Override
    public boolean renderInResponses() {
      return true;
    }
  }

  private ContentTypes() {}

  /** A header that says so, byte for byte; for a message whose entity has no type. */
  public static HttpHeader header(String value) {
    return new Verbatim(value);
  }

  /** What whoever sent the message has said. */
  public static Optional<String> of(HttpMessage message) {
    return message.getHeader(VerbatimHead.CONTENT_TYPE).map(HttpHeader::value);
  }

  /** Whether an answer is a stream of events. */
  public static boolean isEventStream(HttpResponse answer) {
    return of(answer)
        .map(type -> type.split(";", 2)[0].strip())
        .filter(EVENT_STREAM::equalsIgnoreCase)
        .isPresent();
  }

  /** Whether a client sends a form with parts. */
  public static boolean isMultipart(HttpRequest request) {
    return of(request)
        .filter(type -> type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length()))
        .isPresent();
  }
}
