package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.admin.AdminRoute.Needs;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAccessTest {

  private static final InetSocketAddress OWN = InetSocketAddress.createUnresolved("10.0.0.7", 9090);

  private final Logins logins = new Logins();
  private final AdminAccess local = new AdminAccess(Optional.empty(), new Logins());
  private final AdminAccess guarded = new AdminAccess(Optional.of("s3cret"), logins);

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9090", "127.0.0.1:9090", "[::1]:9090", "10.0.0.7:9090"})
  void lets(String host) {
    assertThat(local.refusal(Needs.OPERATOR, json(host), OWN)).isEmpty();
    HttpRequest own = json(host).addHeader(RawHeader.create("Origin", "http://" + host));
    assertThat(local.refusal(Needs.OPERATOR, own, OWN)).isEmpty();
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
    assertThat(local.refusal(Needs.OPERATOR, json(host), OWN)).isPresent();
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
    assertThat(local.refusal(Needs.OPERATOR, request, OWN)).isPresent();
  }

  /** What a form on a web page can send without being asked for leave. */
  @Test
  void refusesWhatIsNotJson() {
    HttpRequest form = HttpRequest.POST("/").addHeader(RawHeader.create("Host", "localhost:9090"));
    assertThat(local.refusal(Needs.OPERATOR, form.withEntity("{}"), OWN)).isPresent();
    assertThat(local.refusal(Needs.OPERATOR, form, OWN)).isPresent();
  }

  @Test
  void wantsTheTokenAndNothingElseWhereOneIsSet() {
    assertThat(guarded.refusal(Needs.OPERATOR, json("localhost:9090"), OWN)).isPresent();
    assertThat(guarded.refusal(Needs.OPERATOR, bearer("Bearer s3cret"), OWN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer ", "Bearer s3cre", "Bearer s3crets", "Bearer S3CRET", "s3cret", "Basic s"})
  void refusesAnotherToken(String authorization) {
    assertThat(guarded.refusal(Needs.OPERATOR, bearer(authorization), OWN)).isPresent();
  }

  @Test
  void letsWhoHasLoggedInOnItsOwnPageAct() {
    String name = logins.begin(System.nanoTime());
    HttpRequest request =
        json("gate.internal:9090").addHeader(cookie("a=b; tidegate_admin=" + name));
    HttpRequest own = request.addHeader(origin("http://gate.internal:9090"));

    assertThat(guarded.refusal(Needs.OPERATOR, own, OWN)).isEmpty();
    HttpRequest foreign = request.addHeader(origin("http://evil.example"));
    assertThat(guarded.refusal(Needs.OPERATOR, foreign, OWN)).isPresent();
    HttpRequest guessed = json("gate.internal:9090").addHeader(cookie("tidegate_admin=guess"));
    assertThat(guarded.refusal(Needs.OPERATOR, guessed, OWN)).isPresent();
  }

  @Test
  void letsNobodyLogInFromAnotherPage() {
    HttpRequest own = json("gate:9090").addHeader(origin("http://gate:9090"));
    assertThat(guarded.refusal(Needs.OWN_PAGE, own, OWN)).isEmpty();
    HttpRequest foreign = json("gate:9090").addHeader(origin("http://evil.example"));
    assertThat(guarded.refusal(Needs.OWN_PAGE, foreign, OWN)).isPresent();
  }

  @Test
  void logsOutAfterTwelveHoursAndTheFirstOfTooMany() {
    String first = logins.begin(0);
    assertThat(logins.holds(first, TimeUnit.HOURS.toNanos(12) - 1)).isTrue();
    assertThat(logins.holds(first, TimeUnit.HOURS.toNanos(12))).isFalse();
    for (int i = 0; i < Logins.MOST; i++) {
      logins.begin(0);
    }
    assertThat(logins.holds(first, 1)).isFalse();
  }

  private static RawHeader cookie(String value) {
    return RawHeader.create("Cookie", value);
  }

  private static RawHeader origin(String value) {
    return RawHeader.create("Origin", value);
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
