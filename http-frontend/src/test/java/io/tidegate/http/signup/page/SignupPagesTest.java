package io.tidegate.http.signup.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.gate.ExpectedResume;
import io.tidegate.engine.signup.gate.GateView;
import io.tidegate.engine.signup.gate.LoadReason;
import io.tidegate.engine.signup.gate.order.Announcement;
import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.Figures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;

/** What the page and the status call show. */
class SignupPagesTest {
  private static final String NASTY = "<script>alert('1')</script> \"&\" \u0007";

  private static final GateView BY_HAND =
      new GateView(
          "plus",
          SignupState.PAUSED,
          0,
          OptionalLong.of(3_600_000),
          Optional.empty(),
          Cause.MANUAL,
          Optional.of(NASTY),
          1_234,
          OptionalLong.of(5),
          Optional.of(new Announcement(SignupState.OPEN, 7_200_000)),
          Optional.empty());

  private static final GateView BY_LOAD =
      new GateView(
          "pro",
          SignupState.PAUSED,
          0,
          OptionalLong.empty(),
          Optional.of(
              new ExpectedResume(
                  OptionalLong.of(86_400_000),
                  OptionalLong.of(172_800_000),
                  ExpectedResume.Basis.TREND)),
          Cause.LOAD,
          Optional.of("All places are taken."),
          3,
          OptionalLong.of(0),
          Optional.empty(),
          Optional.of(
              new Figures(
                  OptionalDouble.of(.01),
                  OptionalLong.of(10),
                  OptionalLong.of(0),
                  10,
                  0,
                  0,
                  3,
                  .5,
                  OptionalLong.empty())));

  private final SignupPages pages = pages(List.of(BY_HAND, BY_LOAD));

  @Test
  void saysEverythingOfAPlanInEnglish() {
    assertThat(page("/signup", "en-GB,en;q=0.9,zh;q=0.5"))
        .contains("<html lang=\"en\">", "Paused", "New subscriptions are not sold now.")
        .contains("<time datetime=\"1970-01-01T00:00:00Z\">1 January 1970, 00:00 UTC</time>")
        .contains("<dt>Until</dt><dd><time datetime=\"1970-01-01T01:00:00Z\">")
        .contains("Decided by the operator.", "1,234")
        .contains("Sales go on: <time datetime=\"1970-01-01T02:00:00Z\">")
        .contains("between <time datetime=\"1970-01-02T00:00:00Z\">", "All places are taken.")
        .contains("last three days");
  }

  @Test
  void tellsOfAPauseBeforehandUntilWhenAndWhy() throws Exception {
    SignupPages soon =
        pages(
            List.of(
                new GateView(
                    "plus",
                    SignupState.OPEN,
                    0,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Cause.LOAD,
                    Optional.empty(),
                    0,
                    OptionalLong.empty(),
                    Optional.of(
                        new Announcement(
                            SignupState.PAUSED,
                            7_200_000,
                            OptionalLong.of(10_800_000),
                            Optional.of("New <i>racks</i>"))),
                    Optional.empty())));
    assertThat(text(soon.atOnce(HttpRequest.GET("/signup")).orElseThrow()))
        .contains("Sales pause: <time datetime=\"1970-01-01T02:00:00Z\">")
        .contains("and go on: <time datetime=\"1970-01-01T03:00:00Z\">")
        .contains("New &lt;i&gt;racks&lt;/i&gt;");
    JsonNode announced =
        new ObjectMapper()
            .readTree(text(soon.atOnce(HttpRequest.GET("/signup/v1/status")).orElseThrow()))
            .path("announced");
    assertThat(announced.path("state").asText()).isEqualTo("paused");
    assertThat(announced.path("until").asText()).isEqualTo("1970-01-01T03:00:00Z");
    assertThat(announced.path("reason").asText()).isEqualTo("New <i>racks</i>");
  }

  @Test
  void saysItInChineseToWhoeverPrefersThat() {
    String page = page("/signup", "zh-CN,zh;q=0.9,en;q=0.8");

    assertThat(page)
        .contains("<html lang=\"zh-CN\">", "暂停订阅", "由运营方决定。", "名额已满。")
        .contains("1970年1月1日 00:00 UTC", "候补人数");
    assertThat(page("/signup", "en;q=0.5, zh;q=0.8")).contains("暂停订阅");
    assertThat(page("/signup", "zh;q=0, de")).contains("Paused");
    assertThat(page("/signup", ";;;q=x,,\u00e9")).contains("Paused");
  }

  @Test
  void hasEveryWordInBothLanguages() {
    PageTexts chinese = new PageTexts(PageLanguage.CHINESE);
    PageTexts english = new PageTexts(PageLanguage.ENGLISH);
    for (LoadReason reason : LoadReason.values()) {
      assertThat(chinese.why(reason)).isNotEqualTo(english.why(reason)).isNotBlank();
    }
    for (ExpectedResume.Basis basis : ExpectedResume.Basis.values()) {
      assertThat(chinese.basis(basis)).isNotEqualTo(english.basis(basis)).isNotBlank();
    }
    for (PlaceView.Status status : PlaceView.Status.values()) {
      assertThat(chinese.place(status)).isNotEqualTo(english.place(status)).isNotBlank();
    }
  }

  @Test
  void escapesWhatOthersHaveWritten() {
    assertThat(page("/signup?entry=%3Cscript%3E", "en"))
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;&amp;&quot;")
        .doesNotContain("<script>", "\u0007")
        .contains("There is no such place");
  }

  @Test
  void showsSomebodysPlace() {
    assertThat(page("/signup?entry=we_1", "en"))
        .contains("You are on the wait-list.", "41 people are ahead of you.")
        .contains("Estimated wait: 2 hours to 3 days.");
    assertThat(page("/signup?entry=we_1", "zh")).contains("您前面还有 41 人。", "2 小时至 3 天");
    assertThat(page("/signup", "en")).doesNotContain("Your place");
  }

  @Test
  void letsNothingRunThatIsNotItsOwn() {
    HttpResponse answer = pages.atOnce(HttpRequest.GET("/signup")).orElseThrow();

    assertThat(header(answer, "content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "vary")).isEqualTo("Accept-Language");
    assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(text(answer)).doesNotContain("style=", "onclick", "<script>");
  }

  @Test
  void answersTheStatusCall() throws Exception {
    JsonNode status = new ObjectMapper().readTree(page("/signup/v1/status", "zh"));

    assertThat(status.path("state").asText()).isEqualTo("paused");
    assertThat(status.path("until").asText()).isEqualTo("1970-01-01T01:00:00Z");
    assertThat(status.path("expected_resume").isNull()).isTrue();
    assertThat(status.path("cause").asText()).isEqualTo("manual");
    assertThat(status.path("reason").asText()).isEqualTo(NASTY);
    assertThat(status.path("waiting").asLong()).isEqualTo(1_234);
    assertThat(status.path("places_left").asLong()).isEqualTo(5);
    assertThat(status.at("/announced/state").asText()).isEqualTo("open");
    assertThat(status.at("/plans/pro/expected_resume/1").asText())
        .isEqualTo("1970-01-03T00:00:00Z");
    assertThat(status.at("/plans/plus/state").asText()).isEqualTo("paused");
  }

  @Test
  void saysSoWhenItIsNotKnown() {
    assertThat(text(pages(List.of()).atOnce(HttpRequest.GET("/signup")).orElseThrow()))
        .contains("cannot be told at this moment");
    assertThat(
            pages(List.of())
                .atOnce(HttpRequest.GET("/signup/v1/status"))
                .orElseThrow()
                .status()
                .intValue())
        .isEqualTo(503);
  }

  @Test
  void leavesOtherAddressesAloneAndChangesNothing() {
    assertThat(pages.atOnce(HttpRequest.GET("/signup/v1/waitlist"))).isEmpty();
    assertThat(pages.atOnce(HttpRequest.GET("/signups"))).isEmpty();
    assertThat(pages.atOnce(HttpRequest.POST("/signup")).orElseThrow().status().intValue())
        .isEqualTo(405);
  }

  private static SignupPages pages(List<GateView> views) {
    return new SignupPages(
        true,
        () -> views,
        id ->
            id.equals("we_1")
                ? Optional.of(
                    new PlaceView(
                        PlaceView.Status.WAITING,
                        OptionalLong.of(41),
                        OptionalLong.of(7_300),
                        OptionalLong.of(3 * 86_400)))
                : Optional.empty(),
        () -> 0);
  }

  private String page(String uri, String languages) {
    return text(
        pages
            .atOnce(HttpRequest.GET(uri).addHeader(RawHeader.create("Accept-Language", languages)))
            .orElseThrow());
  }

  private static String text(HttpResponse answer) {
    return ((HttpEntity.Strict) answer.entity()).getData().utf8String();
  }

  private static String header(HttpResponse answer, String name) {
    return answer.getHeader(name).orElseThrow().value();
  }
}
