package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.http.config.admission.FeatureConfig;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import io.tidegate.http.config.admission.NewSubscriberConfig;
import io.tidegate.http.config.admission.SessionConfig;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierTerms;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.admission.limit.LimitMode;
import io.tidegate.http.config.admission.limit.ModelObjective;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.listen.HealthConfig;
import io.tidegate.http.config.listen.ListenConfig;
import io.tidegate.http.config.listen.TlsConfig;
import io.tidegate.http.config.upstream.RetryOn;
import io.tidegate.http.config.upstream.TimeoutConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @Test
  void readsAnEmptyFileAsTheDefaults() throws Exception {
    assertThat(Yaml.load("")).isEqualTo(GateConfig.defaults());
    assertThat(Yaml.load("# nothing\n")).isEqualTo(GateConfig.defaults());
    assertThat(Yaml.load("listen:\nadmin: {}\nupstreams:\ntiers:\n"))
        .isEqualTo(GateConfig.defaults());
  }

  @Test
  void readsEveryKey() throws Exception {
    GateConfig config = Yaml.load(Yaml.COMPLETE);

    assertThat(config.listen())
        .isEqualTo(
            new ListenConfig(
                "::1",
                81,
                2,
                2048,
                9,
                4096,
                8192,
                OptionalInt.of(2),
                Optional.of(new TlsConfig(Path.of("cert.pem"), Path.of("key.pem")))));
    assertThat(config.admin())
        .isEqualTo(
            new AdminConfig(
                "::1", 82, Optional.of("hush"), Optional.of(new HealthConfig("::1", 83))));
    assertThat(config.dataDir()).isEqualTo(Path.of("/var/lib/tidegate"));
    assertThat(config.upstreams())
        .containsExactly(
            new UpstreamConfig(
                "gpu-a",
                URI.create("https://10.0.0.5:8000/llm"),
                3,
                Optional.of("Bearer s3cret"),
                Map.of("x-team", "team-chat"),
                List.of("gpt-*", "o*"),
                OptionalInt.of(40),
                new io.tidegate.http.config.upstream.HealthConfig(
                    Optional.of("/health"), Duration.ofMillis(1500)),
                new io.tidegate.http.config.upstream.TlsConfig(
                    Optional.of(Path.of("pom.xml")), Optional.of("llm.internal")),
                Set.of(RetryOn.DIED, RetryOn.BUSY)),
            UpstreamConfig.of("gpu-b", URI.create("http://gpu-b")));
    assertThat(config.timeouts())
        .isEqualTo(
            new TimeoutConfig(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMinutes(3),
                Duration.ofHours(1),
                Optional.of(Duration.ofHours(5)),
                Duration.ofHours(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
    assertThat(config.limit())
        .isEqualTo(
            new LimitConfig(
                LimitMode.FIXED,
                OptionalInt.of(64),
                4,
                200,
                OptionalInt.of(13),
                new Objective(Duration.ofSeconds(3), Duration.ofMillis(50)),
                List.of(
                    new ModelObjective(
                        "slow-*", new Objective(Duration.ofSeconds(3), Duration.ofMillis(120)))),
                77));
    assertThat(config.tiers()).isEqualTo(completeTiers());
    assertThat(config.sessions())
        .isEqualTo(
            new SessionConfig(
                Duration.ofMinutes(5),
                99,
                List.of(
                    new SessionConfig.NameSource(SessionConfig.Place.HEADER, "x-chat"),
                    new SessionConfig.NameSource(SessionConfig.Place.BODY, "conversation"))));
    assertThat(config.features()).isEqualTo(completeFeatures());
    assertThat(config.identity().maxSubscribers()).isEqualTo(88);
    assertThat(config.identity().apiKeys())
        .containsExactly(
            ApiKeyConfig.ofKey("sk-1", "alice", "gold")
                .since(Instant.parse("2023-03-01T00:00:00Z")),
            ApiKeyConfig.ofKey("sk-2", "bob", "trial"));
    assertThat(config.pekko())
        .isEqualTo(Map.of("http", Map.of("server", Map.of("backlog", 10L)), "loglevel", "INFO"));
  }

  private static TierConfig completeTiers() {
    TierQuotas quotas =
        new TierQuotas(
            OptionalInt.of(100),
            OptionalInt.of(4),
            OptionalInt.of(8),
            OptionalInt.of(120),
            OptionalLong.of(200_000));
    TierTerms gold = new TierTerms(quotas, Duration.ofSeconds(4), Duration.ofSeconds(6));
    return new TierConfig(
        List.of("gold", "trial"),
        List.of("trial", "gold"),
        List.of("gold-opening", "gold-continuing", "trial-continuing", "trial-opening"),
        Map.of("gold", gold),
        Optional.of(new NewSubscriberConfig("trial", Duration.ofDays(3), Duration.ofDays(5))));
  }

  private static List<FeatureConfig> completeFeatures() {
    return List.of(
        feature("gpts", new Match.Model("g-*"), List.of("gold"), 2, OptionalDouble.of(.3)),
        feature("code", new Match.Tool("code_interpreter"), List.of(), 3, OptionalDouble.empty()),
        feature("vision", Match.ImageInput.PRESENT, List.of(), 1, OptionalDouble.of(1)),
        new FeatureConfig(
            "long_answers",
            new Match.MaxTokensOver(4_000),
            List.of(),
            1,
            OptionalDouble.empty(),
            Optional.of(new Feature.Quota(40, Duration.ofHours(3)))));
  }

  private static FeatureConfig feature(
      String name, Match match, List<String> tiers, int seats, OptionalDouble maxShare) {
    return new FeatureConfig(name, match, tiers, seats, maxShare, Optional.empty());
  }

  @Test
  void namesTheFileAsTheUserDid(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("my.yaml");
    Files.writeString(file, "limit:\n  seats: 0\n");

    assertThat(Yaml.failure(() -> ConfigLoader.load(file)))
        .hasMessage(file + ":2: limit.seats: 0 is out of range, allowed 1 to 1000000");
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path directory) throws Exception {
    Path absent = directory.resolve("absent.yaml");
    Path binary = directory.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xC3, 0x28});

    assertThat(Yaml.failure(() -> ConfigLoader.load(absent)))
        .hasMessage(absent + ": there is no such file");
    assertThat(Yaml.failure(() -> ConfigLoader.load(binary))).hasMessage(binary + ": is not UTF-8");
  }

  @Test
  void takesTheSumOfMaxSeatsOnlyIfEveryUpstreamHasThem() throws Exception {
    String both = "upstreams: [{url: 'http://a', max_seats: 30}, {url: 'http://b', max_seats: 20}]";
    String one = "upstreams: [{url: 'http://a', max_seats: 30}, {url: 'http://b'}]";

    assertThat(Yaml.load(both).limit()).isEqualTo(fixedUpTo(50));
    assertThat(Yaml.load(one).limit()).isEqualTo(LimitConfig.shadow());
    assertThat(Yaml.load(both + "\nlimit: {seats: 5}").limit().seats()).hasValue(5);
  }

  /** A fixed limit at the sum of all upstreams, above which no other mode could go either. */
  private static LimitConfig fixedUpTo(int seats) {
    return new LimitConfig(
        LimitMode.FIXED,
        OptionalInt.of(seats),
        8,
        seats,
        OptionalInt.empty(),
        Objective.defaults(),
        List.of(),
        10_000);
  }

  @Test
  void capsNobodyBySurprise() throws Exception {
    String seats = "upstreams: [{url: 'http://a', max_seats: 30}]\n";

    assertThat(Yaml.load("").limit().mode()).isEqualTo(LimitMode.SHADOW);
    assertThat(Yaml.load("limit: {max: 100}").limit().mode()).isEqualTo(LimitMode.SHADOW);
    assertThat(Yaml.load("limit: {seats: 5}").limit().mode()).isEqualTo(LimitMode.FIXED);
    assertThat(Yaml.load(seats).limit().mode()).isEqualTo(LimitMode.FIXED);
    assertThat(Yaml.load("objective: {first_token: 1s}").limit().mode())
        .isEqualTo(LimitMode.ADAPTIVE);
    assertThat(Yaml.load(seats + "objective: {}").limit().mode()).isEqualTo(LimitMode.ADAPTIVE);
    assertThat(Yaml.load(seats + "limit: {mode: shadow}").limit().mode())
        .isEqualTo(LimitMode.SHADOW);
  }

  @Test
  void fitsTheBoundsOfALimitToItsSeatsWhereTheyAreNotGiven() throws Exception {
    LimitConfig small = Yaml.load("limit: {mode: adaptive, seats: 3}").limit();
    LimitConfig large = Yaml.load("limit: {mode: adaptive, seats: 9000}").limit();
    LimitConfig open = Yaml.load("limit: {mode: adaptive}").limit();

    assertThat(small).isEqualTo(LimitConfig.adaptive(3));
    assertThat(small.min()).isEqualTo(3);
    assertThat(large).isEqualTo(LimitConfig.adaptive(9_000));
    assertThat(large.max()).isEqualTo(9_000);
    assertThat(open.seats()).isEmpty();
  }

  @Test
  void letsWaitByThePlaceOfATierUnlessToldOtherwise() throws Exception {
    assertThat(waits(Yaml.load("").tiers())).containsExactly("5/5", "1/2", "0/2");
    assertThat(waits(Yaml.load("tiers: {only: {}}").tiers())).containsExactly("5/5");
    assertThat(
            waits(
                Yaml.load(
                        "tiers: {a: {}, b: {max_wait: {opening: 3s}}, c: {}}\nshed_order: [b, a, c]")
                    .tiers()))
        .containsExactly("1/2", "3/2", "5/5");
  }

  private static List<String> waits(TierConfig tiers) {
    return tiers.names().stream()
        .map(tiers.terms()::get)
        .map(
            terms ->
                terms.openingMaxWait().toSeconds() + "/" + terms.continuingMaxWait().toSeconds())
        .toList();
  }

  @Test
  void hasARuleForNewSubscribersWhereThereIsATierForThem() throws Exception {
    assertThat(Yaml.load("").tiers().newSubscribers())
        .hasValue(new NewSubscriberConfig("new", Duration.ofDays(7), Duration.ofDays(14)));
    assertThat(Yaml.load("new_subscribers: {for: 9d}").tiers().newSubscribers())
        .hasValue(new NewSubscriberConfig("new", Duration.ofDays(9), Duration.ofDays(18)));
    assertThat(Yaml.load("tiers: {a: {}, b: {}}").tiers().newSubscribers()).isEmpty();
    assertThat(Yaml.load("tiers: {new: {}}").tiers().newSubscribers()).isEmpty();
  }

  @Test
  void derivesTheShedOrderFromTheTiers() throws Exception {
    assertThat(Yaml.load("tiers: {a: {}, b: {}, c: {}}").tiers().shedOrder())
        .containsExactly("c", "b", "a");
  }

  @Test
  void putsTheCommandLineBeforeTheFile() throws Exception {
    Overrides overrides =
        new Overrides(
            List.of(URI.create("http://x:1/a"), URI.create("http://x:1/b")),
            OptionalInt.of(7),
            OptionalInt.of(8),
            Optional.of(Path.of("elsewhere")));
    GateConfig config =
        Yaml.load(
            "listen: {port: 1}\nadmin: {port: 2}\ndata_dir: here\n"
                + "upstreams: [{url: 'http://a', max_seats: 30}]",
            Map.of(),
            overrides);

    assertThat(config.listen().port()).isEqualTo(7);
    assertThat(config.admin().port()).isEqualTo(8);
    assertThat(config.dataDir()).isEqualTo(Path.of("elsewhere"));
    assertThat(config.upstreams()).extracting(UpstreamConfig::name).containsExactly("x:1", "x:1#2");
    assertThat(config.limit()).isEqualTo(LimitConfig.shadow());
  }

  @Test
  void refusesWhatTheCommandLineSaysTogetherWithWhatTheFileSays() {
    Overrides overrides =
        new Overrides(
            List.of(URI.create("ftp://a"), URI.create("http://u:hush@a"), URI.create("a")),
            OptionalInt.of(65_536),
            OptionalInt.of(-1),
            Optional.empty());

    assertThat(Yaml.failure(() -> Yaml.load("limit: {seats: 0}", Map.of(), overrides)))
        .hasMessage(
            """
            command line: --upstream: scheme `ftp` is not supported, allowed http and https
            command line: --upstream: holds a user or password, which belong into `authorization`
            command line: --upstream: needs the form http://host:port/prefix
            command line: --port: 65536 is out of range, allowed 0 to 65535
            command line: --admin-port: -1 is out of range, allowed 0 to 65535
            t.yaml:1: limit.seats: 0 is out of range, allowed 1 to 1000000""");
  }

  @Test
  void refusesOnePortForBothFromTheCommandLine() {
    Overrides overrides =
        new Overrides(List.of(), OptionalInt.of(9090), OptionalInt.empty(), Optional.empty());

    assertThat(
            Yaml.failure(
                () ->
                    ConfigLoader.with(name -> Optional.empty()).read(Optional.empty(), overrides)))
        .hasMessage("command line: admin.port: 9090 is the port of listen, on the same host");
  }

  @Test
  void neverKeepsOrShowsAKey() throws Exception {
    assertThat(Yaml.load(Yaml.COMPLETE).toString())
        .contains("alice")
        .doesNotContain("sk-1", "hush", "s3cret");
  }
}
