package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

    assertThat(config.listen()).isEqualTo(new ListenConfig("::1", 81, 2, 2048, 9, 4096));
    assertThat(config.admin()).isEqualTo(new AdminConfig("::1", 82, Optional.of("hush")));
    assertThat(config.dataDir()).isEqualTo(Path.of("/var/lib/tidegate"));
    assertThat(config.upstreams())
        .containsExactly(
            new UpstreamConfig(
                "gpu-a",
                URI.create("http://10.0.0.5:8000/llm"),
                Optional.of("Bearer s3cret"),
                Map.of("x-team", "chat"),
                OptionalInt.of(40)),
            UpstreamConfig.of("gpu-b", URI.create("http://gpu-b")));
    assertThat(config.timeouts())
        .isEqualTo(
            new TimeoutConfig(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofMinutes(3),
                Duration.ofHours(1),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
    assertThat(config.limit()).isEqualTo(new LimitConfig(OptionalInt.of(64), 13));
    assertThat(config.tiers())
        .isEqualTo(
            new TierConfig(
                List.of("gold", "trial"),
                List.of("trial", "gold"),
                List.of("gold-opening", "gold-continuing", "trial-continuing", "trial-opening")));
    assertThat(config.identity().apiKeys())
        .containsExactly(
            ApiKeyConfig.ofKey("sk-1", "alice", "gold"),
            ApiKeyConfig.ofKey("sk-2", "bob", "trial"));
    assertThat(config.pekko())
        .isEqualTo(Map.of("http", Map.of("server", Map.of("backlog", 10L)), "loglevel", "INFO"));
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

    assertThat(Yaml.load(both).limit()).isEqualTo(new LimitConfig(OptionalInt.of(50), 10));
    assertThat(Yaml.load(one).limit()).isEqualTo(LimitConfig.none());
    assertThat(Yaml.load(both + "\nlimit: {seats: 5}").limit().seats()).hasValue(5);
  }

  @Test
  void keepsAFifthInReserveRoundedUpButNeverAboveThreeTenths() throws Exception {
    assertThat(Yaml.load("limit: {seats: 64}").limit().reserve()).isEqualTo(13);
    assertThat(Yaml.load("limit: {seats: 4}").limit().reserve()).isEqualTo(1);
    assertThat(Yaml.load("limit: {seats: 3}").limit().reserve()).isZero();
    assertThat(Yaml.load("limit: {seats: 64, reserve: auto}").limit().reserve()).isEqualTo(13);
    assertThat(Yaml.load("limit: {seats: 64, reserve: 0}").limit().reserve()).isZero();
    assertThat(Yaml.load("limit: {seats: 64}\ntiers: {only: {}}").limit().reserve()).isZero();
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
    assertThat(config.limit()).isEqualTo(LimitConfig.none());
  }

  @Test
  void refusesWhatTheCommandLineSaysTogetherWithWhatTheFileSays() {
    Overrides overrides =
        new Overrides(
            List.of(URI.create("https://a"), URI.create("http://u:hush@a"), URI.create("a")),
            OptionalInt.of(65_536),
            OptionalInt.of(-1),
            Optional.empty());

    assertThat(Yaml.failure(() -> Yaml.load("limit: {seats: 0}", Map.of(), overrides)))
        .hasMessage(
            """
            command line: --upstream: scheme `https` is not supported, allowed http
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
