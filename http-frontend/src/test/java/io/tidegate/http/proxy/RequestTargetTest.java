package io.tidegate.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/v1/chat/completions?x=/../y",
        "/v1/models/a..b",
        "/v1/models/..a",
        "/v1/models/...",
        "/v1/models/%2e%2e%2e",
        "/v1/models/a%2Fb",
        "/v1/",
        "/v1//x"
      })
  void liesInTheModelsApi(String target) {
    assertThat(RequestTarget.ofRaw(target).isModelApi()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "*",
        "/v1",
        "/v2/x",
        "/V1/x",
        "//v1/x",
        "v1/x",
        "ftp://gate/v1/x",
        "/v1/..",
        "/v1/../x",
        "/v1/a/../../x",
        "/v1/%2e%2e/x",
        "/v1/.%2E/x",
        "/v1/..%2fx",
        "/v1/a%2F..%2Fx",
        "/v1/..\\x",
        "/v1/..%5Cx",
        "/v1/..;a=b/x",
        "http://gate/v1/../x",
        "http://gate"
      })
  void liesElsewhere(String target) {
    assertThat(RequestTarget.ofRaw(target).isModelApi()).isFalse();
  }

  @Test
  void leavesTheOriginOutAndEverythingElseAsItIs() {
    assertThat(RequestTarget.ofRaw("HTTP://gate:80/v1/a%20b?c=%7e&&d").raw())
        .isEqualTo("/v1/a%20b?c=%7e&&d");
    assertThat(RequestTarget.ofRaw("/v1/x?to=http://gate/").raw())
        .isEqualTo("/v1/x?to=http://gate/");
  }
}
