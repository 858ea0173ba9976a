package io.tidegate.loadtest.backend;

import static io.tidegate.loadtest.backend.JsonClient.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ChatBackend backend =
      ChatBackend.start(BackendSettings.defaults().withFirstTokenMillis(0).withTokenMillis(1));

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void answersWithAStatusAndRetryAfter() throws Exception {
    HttpResponse<String> response =
        new JsonClient(backend).scripted("status=429,retry-after=7", "{" + MESSAGES + "}");
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).contains("7");
    assertThat(JsonClient.json(response).at("/error/type").textValue())
        .isEqualTo("rate_limit_error");
  }

  @Test
  void resetsBeforeTheFirstByte() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "reset")) {
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> request.in().read());
    }
  }

  @Test
  void answersWithGarbage() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "garbage")) {
      assertThat(request.readToEnd()).isNotEmpty().doesNotContain("HTTP/");
    }
  }

  @Test
  void resetsAfterSomeTokens() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "token-ms=200,reset-after=2")) {
      request.readUntil(" t1\"");
      assertThatExceptionOfType(SocketException.class).isThrownBy(request::readToEnd);
    }
    awaitAborted();
    assertThat(backend.stats().tokens()).isEqualTo(2);
  }

  @Test
  void closesAfterSomeTokens() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "close-after=2")) {
      assertThat(request.readToEnd())
          .contains(" t1\"", " t2\"")
          .doesNotContain(" t3", "[DONE]")
          .endsWith("}\n\n\r\n");
    }
    awaitAborted();
  }

  @Test
  void closesInTheMiddleOfAChunk() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "half-chunk-close-after=1")) {
      String read = request.readToEnd();
      assertThat(read).contains(" t1\"").doesNotContain(" t2").doesNotEndWith("\n");
      assertThat(read.substring(read.lastIndexOf("\r\n"))).startsWith("\r\ndata: {");
    }
    awaitAborted();
  }

  @Test
  void stallsInTheMiddleOfAChunk() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "half-chunk-after=1")) {
      request.readUntil(" t1\"");
      request.readUntil("data: {");
      awaitRunningWith(1);
    }
    awaitAborted();
  }

  @Test
  void stallsAfterSomeTokensUntilTheClientLeaves() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "stall-after=2")) {
      request.readUntil(" t2\"");
      awaitRunningWith(2);
    }
    awaitAborted();
  }

  @Test
  void stallsAfterTheHeadWithoutAToken() throws Exception {
    try (RawRequest request = RawRequest.stream(backend, "stall-after=0")) {
      assertThat(request.readUntil("\"role\":\"assistant\"")).startsWith("HTTP/1.1 200 ");
      awaitRunningWith(0);
    }
    awaitAborted();
  }

  @Test
  void breaksAnAnswerThatIsNotStreamed() throws Exception {
    try (RawRequest request = RawRequest.whole(backend, "half-chunk-close-after=3")) {
      assertThat(request.readToEnd())
          .startsWith("HTTP/1.1 200 ")
          .contains("content-length: ", "{\"id\":")
          .doesNotContain("\"usage\"");
    }
    awaitAborted();
  }

  @Test
  void closesInPlaceOfAnAnswerThatIsNotStreamed() throws Exception {
    try (RawRequest request = RawRequest.whole(backend, "close-after=3")) {
      assertThat(request.readToEnd()).isEmpty();
    }
    awaitAborted();
  }

  private void awaitAborted() {
    await().atMost(LIMIT).until(() -> backend.stats().aborted() == 1);
    assertThat(backend.stats().running()).isZero();
    assertThat(backend.stats().completed()).isZero();
  }

  private void awaitRunningWith(long tokens) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(backend.stats().running()).isEqualTo(1);
              assertThat(backend.stats().tokens()).isEqualTo(tokens);
            });
  }
}
