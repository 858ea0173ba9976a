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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/**
 * The gate's own answers. A refusal is made once for each reason, class and whole second of {@code
 * Retry-After}; only what is the request's own is added when it is given.
 *
 * <p>Threading: safe for all.
 */
public final class Replies {

  /** No client is told to stay away for longer by an estimate. */
  private static final int MAX_RETRY_AFTER_SECONDS = 30;

  private static final HttpResponse SESSION_ENDED =
      HttpResponse.create()
          .withEntity(ContentTypes.APPLICATION_JSON, "{\"object\":\"session\",\"deleted\":true}\n");

  private static final int MILLIS_PER_SECOND = 1000;

  private final Map<ErrorCase, HttpResponse> plain = new EnumMap<>(ErrorCase.class);

  /** By class and seconds; made when first asked for, and by two at once if it must be. */
  private final Map<RefusalReason, AtomicReferenceArray<HttpResponse>> refusals =
      new EnumMap<>(RefusalReason.class);

  /** Answers for the classes of a table. */
  public Replies(TierTable tiers) {
    this(tiers, Optional.empty());
  }

  /**
   * The same, where somebody without a subscription can see how to get one.
   *
   * @param signupPage the address of that page, which needs no escaping
   */
  public Replies(TierTable tiers, Optional<String> signupPage) {
    for (ErrorCase error : ErrorCase.values()) {
      plain.put(error, response(error, Optional.empty(), error.usualRetryAfterSeconds()));
    }
    signupPage.ifPresent(
        page ->
            plain.computeIfPresent(
                ErrorCase.UNKNOWN_CALLER, (error, answer) -> naming(page, error, answer)));
    int size = tiers.classes().size() * (MAX_RETRY_AFTER_SECONDS + 1);
    for (RefusalReason reason : RefusalReason.values()) {
      refusals.put(reason, new AtomicReferenceArray<>(size));
    }
  }

  /**
   * What a caller gets whom the engine has refused.
   *
   * @param waitedNanos how long the request had waited in the queue; 0 if it had not
   */
  public HttpResponse refused(Admission.Refused refused, long waitedNanos, String requestId) {
    HttpResponse response = refused(refused);
    if (waitedNanos > 0) {
      String millis = Long.toString(TimeUnit.NANOSECONDS.toMillis(waitedNanos));
      response = response.addHeader(RawHeader.create("x-tidegate-queue-ms", millis));
    }
    return withId(response, requestId);
  }

  private HttpResponse refused(Admission.Refused refused) {
    ErrorCase error = errorCase(refused.reason());
    long seconds = refused.retryAfterMillis() / MILLIS_PER_SECOND;
    seconds += refused.retryAfterMillis() % MILLIS_PER_SECOND > 0 ? 1 : 0;
    if (seconds > MAX_RETRY_AFTER_SECONDS && error.retryAfterIsTrue()) {
      return response(error, Optional.of(refused.serviceClass()), seconds);
    }
    int kept = (int) Math.min(seconds, MAX_RETRY_AFTER_SECONDS);
    AtomicReferenceArray<HttpResponse> made = refusals.get(refused.reason());
    int place = refused.serviceClass().rank() * (MAX_RETRY_AFTER_SECONDS + 1) + kept;
    HttpResponse known = made.get(place);
    if (known == null) {
      known = response(error, Optional.of(refused.serviceClass()), kept);
      made.set(place, known);
    }
    return known;
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

  /** What a caller gets whose request was admitted, and then came to nothing. */
  public HttpResponse failed(ErrorCase error, ServiceClass serviceClass, String requestId) {
    return withId(
        response(error, "admitted", Optional.of(serviceClass), error.usualRetryAfterSeconds()),
        requestId);
  }

  /** What a caller gets who has ended a session. */
  public HttpResponse sessionEnded(String requestId) {
    return withId(SESSION_ENDED, requestId);
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
      case NO_MODEL -> ErrorCase.NO_MODEL;
      case NO_UPSTREAM -> ErrorCase.NO_UPSTREAM;
      case DRAINING -> ErrorCase.DRAINING;
      case BAD_REQUEST -> ErrorCase.BODY_TOO_LARGE;
    };
  }

  private static HttpResponse naming(String page, ErrorCase error, HttpResponse answer) {
    String sentence = error.message() + " How to subscribe: " + page;
    String json = error.json(sentence, ",\"help_url\":\"" + page + "\"");
    return answer.withEntity(ContentTypes.APPLICATION_JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse withId(HttpResponse response, String requestId) {
    return response.addHeader(RawHeader.create("x-request-id", requestId));
  }

  private static HttpResponse response(
      ErrorCase error, Optional<ServiceClass> serviceClass, long retryAfterSeconds) {
    return response(error, "refused", serviceClass, retryAfterSeconds);
  }

  private static HttpResponse response(
      ErrorCase error,
      String decision,
      Optional<ServiceClass> serviceClass,
      long retryAfterSeconds) {
    List<HttpHeader> headers = new ArrayList<>();
    serviceClass.ifPresent(
        known -> {
          headers.add(RawHeader.create("x-tidegate-tier", known.tier().name()));
          headers.add(RawHeader.create("x-tidegate-class", known.label()));
        });
    headers.add(RawHeader.create("x-tidegate-decision", decision));
    headers.add(RawHeader.create("x-tidegate-reason", error.reason()));
    if (retryAfterSeconds > 0) {
      headers.add(RawHeader.create("retry-after", Long.toString(retryAfterSeconds)));
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

  private static String sentence(ErrorCase error, long retryAfterSeconds) {
    if (retryAfterSeconds == 0) {
      return error.message();
    }
    return "%s Please try again in about %d second%s."
        .formatted(error.message(), retryAfterSeconds, retryAfterSeconds == 1 ? "" : "s");
  }
}
