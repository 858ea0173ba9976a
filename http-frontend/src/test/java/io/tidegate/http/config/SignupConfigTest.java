package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignupConfigTest {

  @Test
  void sellsNothingByDefault() throws Exception {
    assertThat(Yaml.load("").signups()).isEqualTo(SignupConfig.none());
    assertThat(Yaml.load("signups: {}").signups().plans()).isEmpty();
  }

  @Test
  void sellsAPlanWithDefaults() throws Exception {
    PlanConfig plan = Yaml.load("signups: {plus: }").signups().plans().get(0);

    assertThat(plan.name()).isEqualTo("plus");
    assertThat(plan.terms().capacitySeats()).isEmpty();
    assertThat(plan.terms().perSubscriberSeats()).isEmpty();
    assertThat(plan.terms().places()).isEmpty();
    assertThat(plan.channels()).containsExactly("card");
    assertThat(plan.hold()).containsEntry("card", Duration.ofMinutes(15));
    assertThat(plan.grace()).isEmpty();
    assertThat(plan.claim()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void readsEverythingThatMayBeSaidOfAPlan() throws Exception {
    PlanConfig plan =
        Yaml.load(
                """
                signups:
                  plus: {capacity_seats: 2000, per_subscriber: learned, places: unlimited, channels: [card, app_store, google_play], hold: {card: 15m, google_play: 72h}, grace: forever, claim: 48h}
                """)
            .signups()
            .plans()
            .get(0);

    assertThat(plan.terms().capacitySeats()).hasValue(2000);
    assertThat(plan.hold().keySet()).containsExactly("card", "app_store", "google_play");
    assertThat(plan.hold()).containsEntry("app_store", Duration.ofDays(3));
  }

  @Test
  void keepsTheStoreInTheDataDirectoryWhereverThatIs() throws Exception {
    String text = "data_dir: /srv/gate\nstore: {url: \"jdbc:h2:file:${data_dir}/own\"}";

    assertThat(Yaml.load(text).signups().store().urlIn(Path.of("/other")))
        .isEqualTo("jdbc:h2:file:/srv/gate/own");
    assertThat(Yaml.load("").signups().store().urlIn(Path.of("/srv/gate")))
        .isEqualTo("jdbc:h2:file:/srv/gate/tidegate");
  }

  @Test
  void namesLineFieldAndWhatIsAllowed() {
    assertThat(Yaml.refusal("signups:\n  pluss: {}"))
        .isEqualTo("t.yaml:2: signups.pluss: unknown key, did you mean `plus`?");
    assertThat(Yaml.refusal("signups:\n  plus: {capacity_seat: 3}"))
        .contains("t.yaml:2: signups.plus.capacity_seat: ", "`capacity_seats`");
    assertThat(Yaml.refusal("signups:\n  plus: {per_subscriber: 0}"))
        .contains("signups.plus.per_subscriber: 0 is out of range, allowed above 0 to 1000");
    assertThat(Yaml.refusal("signups: {plus: {hold: {google_pay: 3h}, channels: [google_play]}}"))
        .contains("signups.plus.hold.google_pay: unknown key, did you mean `google_play`?");
    assertThat(Yaml.refusal("signups: {plus: {hold: {card: 3s}}}"))
        .contains("signups.plus.hold.card: 3s is out of range, allowed 1m to 30d");
    assertThat(Yaml.refusal("signups: {plus: {channels: []}}")).contains("signups.plus.channels");
    assertThat(Yaml.refusal("signups: {webhooks: [{url: 'ftp://a', secret: s}]}"))
        .contains("signups.webhooks[0].url: is not a URL");
    assertThat(Yaml.refusal("signups: {webhooks: [{url: 'http://a'}]}"))
        .contains("signups.webhooks[0].secret: is missing");
    assertThat(Yaml.refusal("store: {url: 'jdbc:mysql://a'}"))
        .contains("store.url: begins neither with jdbc:h2:file:");
  }

  @Test
  void showsNoSecretInItsText() throws Exception {
    assertThat(Yaml.load(Yaml.COMPLETE).signups().toString())
        .doesNotContain("whsec", "s3same")
        .contains("https://hooks.example/in");
    assertThat(Yaml.load(Yaml.COMPLETE).signups().plans())
        .extracting(PlanConfig::name)
        .isEqualTo(List.of("gold", "trial"));
  }
}
