package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.http.config.identity.key.Sha256;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {

  @Test
  void printsWhatReadsAsTheSameConfiguration() throws Exception {
    GateConfig defaults = GateConfig.defaults();
    GateConfig complete =
        Yaml.load(
            Yaml.COMPLETE
                .replace("token: hush", "token:")
                .replace("authorization: Bearer s3cret", "authorization:")
                .replace("headers: {x-team: team-chat}", "headers: {}")
                .replaceAll("webhooks: .*", "webhooks: []")
                .replace(", password: s3same", "")
                .replace("headers: {x-key: s3same}", "headers: {}")
                .replace("/var/lib/tidegate", "'a$${b}: 010'"));

    assertThat(Yaml.load(ConfigPrinter.print(defaults))).isEqualTo(defaults);
    assertThat(Yaml.load(ConfigPrinter.print(complete))).isEqualTo(complete);
    assertThat(complete.dataDir()).hasToString("a${b}: 010");
  }

  @Test
  void masksEverySecretAndIsRefusedWithTheMasks() throws Exception {
    GateConfig config = Yaml.load(Yaml.COMPLETE).withPekko(Map.of("keystore-password", "hush"));

    String printed = ConfigPrinter.print(config);

    assertThat(printed)
        .doesNotContain("hush", "s3cret", "team-chat", "sk-1", "whsec", "s3same")
        .contains("token: '***'", "authorization: '***'", "x-team: '***'")
        .contains("keystore-password: '***'", "key_sha256: " + Sha256.of("sk-1").hex());
    assertThat(Yaml.refusal(printed).lines())
        .hasSize(6)
        .allMatch(line -> line.endsWith("put the secret in its place"));
  }

  @Test
  void printsEveryKeyTheLoaderKnowsSaveThePlainKeyAndTheFileOfKeys() throws Exception {
    String printed = ConfigPrinter.print(Yaml.load(Yaml.COMPLETE));

    for (String key : ConfigLoader.keysAskedOf(Yaml.COMPLETE)) {
      String name = key.substring(key.lastIndexOf('.') + 1);
      if (!List.of("*", "key", "api_keys_file").contains(name)) {
        assertThat(printed).containsPattern("(?m)^[ -]*" + name + ":");
      }
    }
  }
}
