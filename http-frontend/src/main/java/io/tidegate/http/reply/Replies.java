package io.tidegate.http.reply;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/**
 * The gate's own answers. A refusal for want of room is made once for each class and whole second
 * of {@code Retry-After}; only its request id is added when it is given.
 *
 * <p>Threading: immutable, safe for all.
 */
public final class Replies {

  /** No client is told to stay away for longer by an estimate. */
  private static final int MAX_RETRY_AFTER_SECONDS = 30;

  private static final int MILLIS_PER_SECOND = 1000;

  private final Map<ErrorCase, HttpResponse> plain = new EnumMap<>(ErrorCase.class);
  private final HttpResponse[][] noRoom;

  /** Answers for the classes of a table. */
  public Replies(TierTable tiers) {
    for (ErrorCase error : ErrorCase.values()) {
      plain.put(error, response(error, Optional.empty(), error.usualRetryAfterSeconds()));
    }
    List<ServiceClass> classes = tiers.classes();
    noRoom = new HttpResponse[classes.size()][MAX_RETRY_AFTER_SECONDS + 1];
    for (ServiceClass serviceClass : classes) {
      for (int seconds = 0; seconds <= MAX_RETRY_AFTER_SECONDS; seconds++) {
        noRoom[serviceClass.rank()][seconds] =
            response(ErrorCase.NO_ROOM, Optional.of(serviceClass), seconds);
      }
    }
  }

  /** What a caller gets whom the engine has refused. */
  public HttpResponse refused(Admission.Refused refused, String requestId) {
    long millis =
        Math.min(refused.retryAfterMillis(), (long) MAX_RETRY_AFTER_SECONDS * MILLIS_PER_SECOND);
    int seconds = (int) ((millis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
    HttpResponse response =
        refused.reason() == RefusalReason.NO_ROOM
            ? noRoom[refused.serviceClass().rank()][seconds]
            : response(errorCase(refused.reason()), Optional.of(refused.serviceClass()), seconds);
    return withId(response, requestId);
  }

  /** What a caller gets when a request came to nothing. */
  public HttpResponse error(ErrorCase error, String requestId) {
    return withId(plain.get(error), requestId);
  }

  /** The same for a caller whose class is known. */
  public HttpResponse error(ErrorCase error, ServiceClass serviceClass, String requestId) {
    return withId(
        response(error, Optional.of(serviceClass), error.usualRetryAfterSeconds()), requestId);
  }

  /** The last event of a stream that could not be finished. */
  public static ByteString lastEvent(ErrorCase error) {
    return ByteString.fromString("data: " + error.json() + "\n\n");
  }

  private static ErrorCase errorCase(RefusalReason reason) {
    return switch (reason) {
      case NO_ROOM -> ErrorCase.NO_ROOM;
      case QUEUE_FULL -> ErrorCase.QUEUE_FULL;
      case QUEUE_TIMEOUT -> ErrorCase.QUEUE_TIMEOUT;
      case CAME_EARLY -> ErrorCase.CAME_EARLY;
      case OVER_RATE -> ErrorCase.OVER_RATE;
      case OVER_PARALLEL -> ErrorCase.OVER_PARALLEL;
      case OVER_SESSIONS -> ErrorCase.OVER_SESSIONS;
      case TIER_FULL -> ErrorCase.TIER_FULL;
      case NOT_IN_PLAN -> ErrorCase.NOT_IN_PLAN;
      case FEATURE_FULL -> ErrorCase.FEATURE_FULL;
      case OVER_FEATURE -> ErrorCase.OVER_FEATURE;
      case NO_UPSTREAM -> ErrorCase.NO_UPSTREAM;
      case DRAINING -> ErrorCase.DRAINING;
      case BAD_REQUEST -> ErrorCase.BODY_TOO_LARGE;
    };
  }

  private static HttpResponse withId(HttpResponse response, String requestId) {
    return response.addHeader(RawHeader.create("x-request-id", requestId));
  }

  private static HttpResponse response(
      ErrorCase error, Optional<ServiceClass> serviceClass, int retryAfterSeconds) {
    List<HttpHeader> headers = new ArrayList<>();
    serviceClass.ifPresent(
        known -> {
          headers.add(RawHeader.create("x-tidegate-tier", known.tier().name()));
          headers.add(RawHeader.create("x-tidegate-class", known.label()));
        });
    headers.add(RawHeader.create("x-tidegate-decision", "refused"));
    headers.add(RawHeader.create("x-tidegate-reason", error.reason()));
    if (retryAfterSeconds > 0) {
      headers.add(RawHeader.create("retry-after", Integer.toString(retryAfterSeconds)));
    }
    error
        .shouldRetry(retryAfterSeconds)
        .ifPresent(retry -> headers.add(RawHeader.create("x-should-retry", retry)));
    if (error == ErrorCase.DRAINING) {
      headers.add(Connection.create("close"));
    }
    return HttpResponse.create()
        .withStatus(StatusCodes.lookup(error.status()).orElseThrow())
        .withHeaders(headers)
        .withEntity(
            ContentTypes.APPLICATION_JSON,
            error.json(sentence(error, retryAfterSeconds)).getBytes(StandardCharsets.UTF_8));
  }

  private static String sentence(ErrorCase error, int retryAfterSeconds) {
    if (retryAfterSeconds == 0) {
      return error.message();
    }
    return "%s Please try again in about %d second%s."
        .formatted(error.message(), retryAfterSeconds, retryAfterSeconds == 1 ? "" : "s");
  }
}
