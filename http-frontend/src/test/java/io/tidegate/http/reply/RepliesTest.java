package io.tidegate.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.io.IOException;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.HttpEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error as a client reads it, against the table of errors that clients are promised. */
class RepliesTest {

  private static final TierTable TIERS = TierTable.defaults();

  private final Replies replies = new Replies(TIERS);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "UNKNOWN_CALLER,   401, invalid_request_error,     invalid_api_key,      unknown-caller, -, false",
        "NO_ROOM,          503, service_unavailable_error, server_is_overloaded, no-room,        1, true",
        "NO_UPSTREAM,      503, server_error,              no_upstream,          no-upstream,    2, true",
        "DRAINING,         503, service_unavailable_error, draining,             draining,       1, true",
        "UPSTREAM_ERROR,   502, server_error,              upstream_error,       upstream,       -, -",
        "UPSTREAM_TIMEOUT, 504, server_error,              upstream_timeout,     upstream,       -, -",
        "MALFORMED,        400, invalid_request_error,     -,                    bad-request,    -, false",
        "BODY_TOO_LARGE,   413, invalid_request_error,     -,                    bad-request,    -, false",
        "BODY_TOO_SLOW,    408, invalid_request_error,     -,                    bad-request,    -, false",
        "HEAD_TOO_LARGE,   431, invalid_request_error,     -,                    bad-request,    -, false",
        "NOT_FOUND,        404, invalid_request_error,     unknown_url,          bad-request,    -, false",
        "GATE_FAILURE,     500, server_error,              internal_error,       internal,       -, true"
      })
  void saysWhatTheTableSays(
      ErrorCase error,
      int status,
      String type,
      String code,
      String reason,
      String retryAfter,
      String shouldRetry)
      throws IOException {
    HttpResponse answer = replies.error(error, "req_1");
    assertThat(answer.status().intValue()).isEqualTo(status);
    assertThat(header(answer, "x-tidegate-decision")).contains("refused");
    assertThat(header(answer, "x-tidegate-reason")).contains(reason);
    assertThat(header(answer, "x-request-id")).contains("req_1");
    assertThat(header(answer, "retry-after")).isEqualTo(Optional.ofNullable(retryAfter));
    assertThat(header(answer, "x-should-retry")).isEqualTo(Optional.ofNullable(shouldRetry));
    assertThat(answer.entity().getContentType().toString()).isEqualTo("application/json");
    JsonNode json = json(answer);
    assertThat(json.path("type").asText()).isEqualTo(type);
    assertThat(json.path("code").isNull()).isEqualTo(code == null);
    assertThat(json.path("code").asText("")).isEqualTo(code == null ? "" : code);
    assertThat(json.path("param").isNull()).isTrue();
    assertThat(json.path("message").asText()).endsWith(".");
    assertThat(json.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(ErrorCase.class)
  void isOneEventOfOneLineAtTheEndOfAStream(ErrorCase error) throws IOException {
    String event = Replies.lastEvent(error).utf8String();
    assertThat(event).startsWith("data: {\"error\":{").endsWith("}}\n\n");
    assertThat(event.strip().lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(event.substring("data: ".length()));
    assertThat(json.path("error").path("param").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0,     -,  true",
        "250,   1,  true",
        "1000,  1,  true",
        "1001,  2,  true",
        "9000,  9,  true",
        "9001,  10, false",
        "30000, 30, false",
        "90000, 30, false",
        "9223372036854775807, 30, false"
      })
  void roundsAWaitUpAndEndsItAtHalfAMinute(long millis, String retryAfter, String shouldRetry)
      throws IOException {
    for (ServiceClass serviceClass : TIERS.classes()) {
      HttpResponse answer =
          replies.refused(
              new Admission.Refused(RefusalReason.NO_ROOM, serviceClass, millis), 0, "req_2");
      assertThat(header(answer, "retry-after")).isEqualTo(Optional.ofNullable(retryAfter));
      assertThat(header(answer, "x-should-retry")).contains(shouldRetry);
      assertThat(header(answer, "x-tidegate-class")).contains(serviceClass.label());
      assertThat(header(answer, "x-tidegate-tier")).contains(serviceClass.tier().name());
      assertThat(json(answer).path("message").asText().contains("try again"))
          .isEqualTo(retryAfter != null);
    }
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void answersEachOfTheEnginesReasonsUnderItsLabel(RefusalReason why) {
    HttpResponse answer =
        replies.refused(new Admission.Refused(why, TIERS.classes().get(0), 0), 0, "req_3");
    assertThat(header(answer, "x-tidegate-reason")).contains(why.label());
    assertThat(answer.status().isFailure()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "OVER_RATE, 429, 90500, 91",
    "OVER_SESSIONS, 429, 600000, 600",
    "OVER_FEATURE, 429, 10800000, 10800",
    "OVER_PARALLEL, 429, 90500, 30",
    "TIER_FULL, 503, 90500, 30",
    "FEATURE_FULL, 503, 90500, 30",
    "CAME_EARLY, 503, 90500, 30"
  })
  void tellsATrueTimeHoweverLongAndAnEstimateUpToHalfAMinute(
      RefusalReason why, int status, long millis, String retryAfter) {
    HttpResponse answer =
        replies.refused(new Admission.Refused(why, TIERS.classes().get(1), millis), 0, "req_5");
    assertThat(answer.status().intValue()).isEqualTo(status);
    assertThat(header(answer, "retry-after")).contains(retryAfter);
  }

  /** Shown red by a table of refusals whose place forgets the class. */
  @Test
  void keepsRefusalsOfDifferentReasonsClassesAndTimesApart() {
    for (int round = 0; round < 2; round++) {
      for (RefusalReason why : RefusalReason.values()) {
        for (ServiceClass asking : TIERS.classes()) {
          for (int seconds = 1; seconds <= 30; seconds++) {
            HttpResponse answer =
                replies.refused(new Admission.Refused(why, asking, seconds * 1000L), 0, "req_6");
            assertThat(header(answer, "x-tidegate-reason")).contains(why.label());
            assertThat(header(answer, "x-tidegate-class")).contains(asking.label());
            assertThat(header(answer, "retry-after")).contains(Integer.toString(seconds));
          }
        }
      }
    }
  }

  @Test
  void tellsTheWaitOfWhoeverWaitedInVain() {
    Admission.Refused refused =
        new Admission.Refused(RefusalReason.QUEUE_TIMEOUT, TIERS.classes().get(0), 1_000);
    assertThat(header(replies.refused(refused, 0, "req_7"), "x-tidegate-queue-ms")).isEmpty();
    assertThat(header(replies.refused(refused, 5_012_345_678L, "req_8"), "x-tidegate-queue-ms"))
        .contains("5012");
  }

  @Test
  void closesTheConnectionOfADrainingGate() {
    assertThat(header(replies.error(ErrorCase.DRAINING, "req_4"), "connection")).contains("close");
  }

  private static Optional<String> header(HttpResponse answer, String name) {
    return answer.getHeader(name).map(HttpHeader::value);
  }

  private static JsonNode json(HttpResponse answer) throws IOException {
    String body = ((HttpEntity.Strict) answer.entity()).data().utf8String();
    return new ObjectMapper().readTree(body).path("error");
  }
}
