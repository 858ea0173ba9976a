package io.tidegate.http.config.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.ConfigLoader;
import io.tidegate.http.config.ConfigPrinter;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.identity.key.Sha256;
import io.tidegate.http.config.identity.key.SubscribedAt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys in a file of their own, beside the configuration that names it. */
class ApiKeysFileTest {

  @TempDir private Path directory;

  private Path config;
  private Path keys;

  @BeforeEach
  void write() throws Exception {
    config = directory.resolve("tidegate.yaml");
    keys = directory.resolve("keys.yaml");
    Files.writeString(
        config,
        """
        identity:
          api_keys: [{key: sk-alice, subscriber: alice, tier: plus}]
          api_keys_file: keys.yaml
        """);
  }

  @Test
  void addsItsKeysToThoseOfTheConfiguration() throws Exception {
    Files.writeString(
        keys,
        """
        - {key: sk-bob, subscriber: bob, tier: free}
        - {key: sk-carol, subscriber: carol, tier: plus, subscribed_at: 2023-03-01}
        """);

    assertThat(load())
        .containsExactly(
            ApiKeyConfig.ofKey("sk-alice", "alice", "plus"),
            ApiKeyConfig.ofKey("sk-bob", "bob", "free"),
            ApiKeyConfig.ofKey("sk-carol", "carol", "plus")
                .since(SubscribedAt.parse("2023-03-01")));
  }

  @Test
  void isReadAnewWithTheConfiguration() throws Exception {
    Files.writeString(keys, "- {key: sk-bob, subscriber: bob, tier: free}\n");
    assertThat(load()).hasSize(2);
    Files.writeString(keys, "");
    assertThat(load()).hasSize(1);
  }

  @Test
  void mayLieAnywhere(@TempDir Path elsewhere) throws Exception {
    Path far = elsewhere.resolve("keys.yaml");
    Files.writeString(far, "- {key: sk-bob, subscriber: bob, tier: free}\n");
    Files.writeString(config, "identity: {api_keys_file: \"" + far + "\"}\n");
    assertThat(load()).containsExactly(ApiKeyConfig.ofKey("sk-bob", "bob", "free"));
  }

  @Test
  void isToldOfByItsOwnNameAndLinesAfterTheConfigurationsMistakes() throws Exception {
    Files.writeString(config, Files.readString(config) + "limit: {seats: 0}\n");
    Files.writeString(
        keys,
        """
        - {key: sk-alice, subscriber: bob, tier: free}
        - subscriber: carol
          tier: gold
          key: sk-carol
        - {key: sk-dora, subscriber: dora, tier: plus, teir: free}
        """);

    List<String> lines = refusal().lines().toList();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith(config + ":4: limit.seats: 0 is out of range");
    assertThat(lines.get(1)).isEqualTo(keys + ":1: [0].key: is the key of an earlier entry, too");
    assertThat(lines.get(2)).startsWith(keys + ":3: [1].tier: ").contains("gold");
    assertThat(lines.get(3)).startsWith(keys + ":5: [2].teir: unknown key");
    assertThat(lines).noneMatch(line -> line.contains("sk-"));
  }

  @Test
  void isRefusedIfItIsAbsentOrNoList() throws Exception {
    assertThat(refusal())
        .isEqualTo(config + ":3: identity.api_keys_file: `keys.yaml`: there is no such file");
    Files.writeString(keys, "api_keys: []\n");
    assertThat(refusal()).isEqualTo(keys + ":1: needs a list");
    Files.writeString(keys, "- {key: [\n");
    assertThat(refusal()).startsWith(keys + ":").contains("not YAML");
  }

  @Test
  void isPrintedAsDigestsAmongTheKeys() throws Exception {
    Files.writeString(keys, "- {key: sk-bob, subscriber: bob, tier: free}\n");
    assertThat(ConfigPrinter.print(ConfigLoader.load(config)))
        .contains(Sha256.of("sk-bob").hex())
        .doesNotContain("sk-bob", "api_keys_file");
  }

  private List<ApiKeyConfig> load() throws ConfigException {
    return ConfigLoader.load(config).identity().apiKeys();
  }

  private String refusal() {
    return catchThrowableOfType(ConfigException.class, this::load).getMessage();
  }
}
