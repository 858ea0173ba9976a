package io.tidegate.http.reply;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers what Pekko's parser refuses, without a word of what was sent.
 *
 * <p>Pekko loads it by the name given as {@code pekko.http.server.parsing.error-handler} and takes
 * the instance from the field that a Scala object would have.
 */
public final class MalformedRequests extends ParsingErrorHandler {

  @SuppressWarnings("checkstyle:ConstantName") // the name is Pekko's
  public static final MalformedRequests MODULE$ = new MalformedRequests();

  /** How Pekko words a head with too many lines, for which it has no status of its own. */
  private static final String TOO_MANY_HEADERS = "more than the configured limit of";

  private final RequestIds ids = new RequestIds();

  private MalformedRequests() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    boolean tooManyHeaders = error.summary().contains(TOO_MANY_HEADERS);
    ErrorCase known =
        switch (status.intValue()) {
          case 413 -> ErrorCase.BODY_TOO_LARGE;
          case 414, 431 -> ErrorCase.HEAD_TOO_LARGE; // one bound for the head, whichever line
          default -> tooManyHeaders ? ErrorCase.HEAD_TOO_LARGE : ErrorCase.MALFORMED;
        };
    boolean isOwnStatus = known != ErrorCase.MALFORMED;
    return HttpResponse.create()
        .withStatus(isOwnStatus ? known.status() : status.intValue())
        .addHeader(RawHeader.create("x-request-id", ids.next()))
        .addHeader(RawHeader.create("x-tidegate-decision", "refused"))
        .addHeader(RawHeader.create("x-tidegate-reason", known.reason()))
        .addHeader(RawHeader.create("x-should-retry", "false"))
        .withEntity(ContentTypes.APPLICATION_JSON, known.json().getBytes(StandardCharsets.UTF_8));
  }
}
