package io.tidegate.http.proxy.asked;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.Leeway;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.admission.FeatureConfig;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import io.tidegate.http.config.admission.SessionConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.admission.limit.ModelObjective;
import io.tidegate.http.config.listen.BodyConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine is told of a request. */
class AdmissionRequestsTest {

  private static final TierTable TIERS = TierTable.defaults();
  private static final Subscriber ALICE = new Subscriber("alice", TIERS.best());

  private final AdmissionRequests requests =
      new AdmissionRequests(
          FeatureRules.of(
              List.of(
                  feature("exact", new Match.Model("g-special"), 5),
                  feature("gpts", new Match.Model("g-*"), 2),
                  feature("code", new Match.Tool("code_*"), 3),
                  feature("vision", Match.ImageInput.PRESENT, 4),
                  feature("very_long", new Match.MaxTokensOver(8_000), 7),
                  feature("long", new Match.MaxTokensOver(4_000), 6)),
              TIERS),
          ModelLeeways.of(slowModels()),
          SessionConfig.defaults(),
          BodyConfig.defaults());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {}                                              |                  | 1
          {"model":"gpt-4"}                               |                  | 1
          {"model":"g-abc"}                               | gpts             | 2
          {"model":"g-special"}                           | exact            | 5
          {"max_tokens":4000}                             |                  | 1
          {"max_tokens":4001}                             | long             | 6
          {"max_tokens":8001}                             | very_long        | 7
          {"tools":[{"type":"code_run"},{"type":"code_interpreter"},{"type":"web"}]} | code | 3
          {"model":"g-a","messages":[{"content":[{"type":"image_url"}]}]} | gpts,vision | 4
          """)
  void countsTheFirstFeatureThatMatchesForEachThing(String body, String names, int seats) {
    AdmissionRequest request = of(HttpRequest.create(), body).orElseThrow();
    assertThat(request.features().stream().map(Feature::name))
        .isEqualTo(names == null ? List.of() : List.of(names.split(",", -1)));
    assertThat(request.seats()).isEqualTo(seats);
  }

  @Test
  void takesTheFirstNameOfASessionThatIsPresentAndFit() {
    String body = "{\"prompt_cache_key\":\"key\",\"conversation\":\"conv\"}";
    HttpRequest named = HttpRequest.create().addHeader(RawHeader.create("X-Session-Id", " s1 "));
    HttpRequest tooLong =
        HttpRequest.create().addHeader(RawHeader.create("x-session-id", "s".repeat(257)));

    assertThat(of(named, body).orElseThrow().session().name()).isEqualTo("s1");
    assertThat(of(tooLong, body).orElseThrow().session().name()).isEqualTo("conv");
    assertThat(of(HttpRequest.create(), "{}").orElseThrow().session().name()).isEmpty();
    assertThat(of(HttpRequest.create(), "{}").orElseThrow().session().subscriber())
        .isEqualTo("alice");
  }

  @Test
  void tellsLengthsAndWhetherAStreamIsWanted() {
    AdmissionRequest request =
        of(HttpRequest.create(), "{\"stream\":true,\"max_tokens\":12}").orElseThrow();
    assertThat(request.promptTokens()).isEqualTo(31 / 4);
    assertThat(request.maxTokens()).hasValue(12);
    assertThat(request.streamed()).isTrue();
  }

  @Test
  void tellsHowMuchLongerAModelMayTakeByTheFirstRuleThatFits() {
    assertThat(of(HttpRequest.create(), "{\"model\":\"slow-1\"}").orElseThrow().leeway())
        .isEqualTo(new Leeway(1, 3));
    assertThat(of(HttpRequest.create(), "{\"model\":\"slow-thinker\"}").orElseThrow().leeway())
        .as("the first rule that fits")
        .isEqualTo(new Leeway(1, 3));
    assertThat(of(HttpRequest.create(), "{\"model\":\"thinker\"}").orElseThrow().leeway())
        .isEqualTo(new Leeway(5, 1));
    assertThat(of(HttpRequest.create(), "{\"model\":\"fast\"}").orElseThrow().leeway())
        .isEqualTo(Leeway.NONE);
    assertThat(of(HttpRequest.create(), "{}").orElseThrow().leeway()).isEqualTo(Leeway.NONE);
  }

  private static LimitConfig slowModels() {
    LimitConfig usual = LimitConfig.shadow();
    Duration token = usual.objective().timePerOutputToken();
    Duration first = usual.objective().firstToken();
    return new LimitConfig(
        usual.mode(),
        usual.seats(),
        usual.min(),
        usual.max(),
        usual.reserve(),
        usual.objective(),
        List.of(
            new ModelObjective("slow-*", new Objective(first, token.multipliedBy(3))),
            new ModelObjective("*thinker", new Objective(first.multipliedBy(5), token))),
        usual.maxWaitingPerClass());
  }

  /** A feature could hide behind the place where the reader gave up. */
  @Test
  void takesNoUnreadableBodyWhereFeaturesAreConfigured() {
    String broken = "{\"a\":,\"model\":\"g-abc\"}";
    AdmissionRequests unrestricted =
        new AdmissionRequests(
            FeatureRules.of(List.of(), TIERS),
            ModelLeeways.of(LimitConfig.shadow()),
            SessionConfig.defaults(),
            BodyConfig.defaults());

    assertThat(of(HttpRequest.create(), broken)).isEmpty();
    assertThat(unrestricted.of(ALICE, with(HttpRequest.create(), broken))).isPresent();
    assertThat(of(HttpRequest.create(), "")).isPresent();
  }

  private Optional<AdmissionRequest> of(HttpRequest head, String body) {
    return requests.of(ALICE, with(head, body)).map(Asked::admission);
  }

  private static HttpRequest with(HttpRequest head, String body) {
    return head.withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
  }

  private static FeatureConfig feature(String name, Match match, int seats) {
    return new FeatureConfig(
        name, match, List.of(), seats, OptionalDouble.empty(), Optional.empty());
  }
}
