package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAccessTest {

  private static final InetSocketAddress OWN = InetSocketAddress.createUnresolved("10.0.0.7", 9090);

  private final AdminAccess local = new AdminAccess(Optional.empty());
  private final AdminAccess guarded = new AdminAccess(Optional.of("s3cret"));

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9090", "127.0.0.1:9090", "[::1]:9090", "10.0.0.7:9090"})
  void lets(String host) {
    assertThat(local.refusal(json(host), OWN)).isEmpty();
    HttpRequest own = json(host).addHeader(RawHeader.create("Origin", "http://" + host));
    assertThat(local.refusal(own, OWN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:9091",
        "evil.example",
        "evil.example:9090",
        "localhost:9090.evil.example",
        "127.0.0.1:9090@evil.example"
      })
  void refusesAHostThatIsNotItsOwn(String host) {
    assertThat(local.refusal(json(host), OWN)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://evil.example",
        "https://localhost:9090",
        "http://localhost",
        "http://localhost:9090.evil.example"
      })
  void refusesAnOriginThatIsNotItsOwn(String origin) {
    HttpRequest request = json("localhost:9090").addHeader(RawHeader.create("Origin", origin));
    assertThat(local.refusal(request, OWN)).isPresent();
  }

  /** What a form on a web page can send without being asked for leave. */
  @Test
  void refusesWhatIsNotJson() {
    HttpRequest form = HttpRequest.POST("/").addHeader(RawHeader.create("Host", "localhost:9090"));
    assertThat(local.refusal(form.withEntity("{}"), OWN)).isPresent();
    assertThat(local.refusal(form, OWN)).isPresent();
  }

  @Test
  void wantsTheTokenAndNothingElseWhereOneIsSet() {
    assertThat(guarded.refusal(json("localhost:9090"), OWN)).isPresent();
    assertThat(guarded.refusal(bearer("Bearer s3cret"), OWN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer ", "Bearer s3cre", "Bearer s3crets", "Bearer S3CRET", "s3cret", "Basic s"})
  void refusesAnotherToken(String authorization) {
    assertThat(guarded.refusal(bearer(authorization), OWN)).isPresent();
  }

  private static HttpRequest bearer(String authorization) {
    return HttpRequest.POST("/").addHeader(RawHeader.create("Authorization", authorization));
  }

  private static HttpRequest json(String host) {
    return HttpRequest.POST("/")
        .addHeader(RawHeader.create("Host", host))
        .withEntity(ContentTypes.APPLICATION_JSON, "{}");
  }
}
