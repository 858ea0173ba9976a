package io.tidegate.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.tidegate.loadtest.client.answer.AnswerHead;
import io.tidegate.loadtest.client.answer.ChatAnswer;
import io.tidegate.loadtest.record.result.Ending;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PersonaTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void patientOnesComeBackWhenTold() {
    ChatAnswer refusal = answer(503, Map.of("retry-after", "3"));
    assertThat(Persona.patient(3).retryDelayNanos(refusal, 1)).hasValue(3 * SECOND);
    assertThat(Persona.patient(3).retryDelayNanos(refusal, 3)).isEmpty();
    assertThat(
            Persona.patient(3)
                .retryDelayNanos(
                    answer(429, Map.of("retry-after-ms", "250", "retry-after", "1")), 1))
        .hasValue(SECOND / 4);
  }

  @Test
  void patientOnesStayAwayWhenToldThatItIsOfNoUse() {
    ChatAnswer refusal = answer(503, Map.of("retry-after", "3", "x-should-retry", "false"));
    assertThat(Persona.patient(9).retryDelayNanos(refusal, 1)).isEmpty();
    assertThat(Persona.patient(9).retryDelayNanos(answer(500, Map.of()), 1)).isEmpty();
  }

  @Test
  void stormsComeBackAtOnceWhateverTheyAreTold() {
    ChatAnswer refusal = answer(503, Map.of("retry-after", "30", "x-should-retry", "false"));
    assertThat(Persona.storm(3).retryDelayNanos(refusal, 2)).hasValue(0);
    assertThat(Persona.storm(3).retryDelayNanos(refusal, 3)).isEmpty();
    assertThat(Persona.storm(3).retryDelayNanos(answer(200, Map.of()), 1)).isEmpty();
  }

  @Test
  void impatientOnesLeaveForGood() {
    Persona impatient = Persona.impatient(Duration.ofSeconds(2));
    assertThat(impatient.patienceNanos()).hasValue(2 * SECOND);
    assertThat(impatient.retryDelayNanos(answer(503, Map.of()), 1)).isEmpty();
    assertThat(Persona.accepting().patienceNanos()).isEmpty();
  }

  @Test
  void understandsADateToComeBackAt() {
    OptionalLong past =
        answer(503, Map.of("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"))
            .head()
            .orElseThrow()
            .retryAfterMillis();
    assertThat(past).hasValue(0);
    assertThat(answer(503, Map.of("retry-after", "soon")).head().orElseThrow().retryAfterMillis())
        .isEmpty();
  }

  @Test
  void tellsRefusalsFromFailures() {
    assertThat(head(503, Map.of()).badEnding()).isEqualTo(Ending.shed("status-503"));
    assertThat(head(429, Map.of("x-tidegate-reason", "over-rate")).badEnding())
        .isEqualTo(Ending.shed("over-rate"));
    assertThat(head(403, Map.of("x-tidegate-reason", "not-in-plan")).badEnding())
        .isEqualTo(Ending.shed("not-in-plan"));
    assertThat(head(401, Map.of("x-tidegate-reason", "unknown-caller")).badEnding())
        .isEqualTo(Ending.ko("unknown-caller"));
    assertThat(head(502, Map.of()).badEnding()).isEqualTo(Ending.ko("status-502"));
  }

  @Test
  void knowsWantOfRoomFromTheCallersOwnDoing() {
    assertThat(head(503, Map.of("x-tidegate-reason", "no-room")).refusedForWantOfRoom()).isTrue();
    assertThat(head(503, Map.of("x-tidegate-reason", "draining")).refusedForWantOfRoom()).isFalse();
    assertThat(head(429, Map.of()).refusedForWantOfRoom()).isFalse();
    assertThat(head(503, Map.of()).refusedForWantOfRoom()).isTrue();
  }

  private static ChatAnswer answer(int status, Map<String, String> headers) {
    AnswerHead head = head(status, headers);
    return new ChatAnswer(
        0,
        0,
        0,
        OptionalLong.empty(),
        0,
        OptionalLong.of(1),
        OptionalLong.empty(),
        2,
        0,
        Optional.empty(),
        Optional.of(head),
        head.isGood() ? Ending.ok() : head.badEnding(),
        false);
  }

  private static AnswerHead head(int status, Map<String, String> headers) {
    DefaultHttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    headers.forEach((name, value) -> response.headers().set(name, value));
    return AnswerHead.of(response);
  }
}
