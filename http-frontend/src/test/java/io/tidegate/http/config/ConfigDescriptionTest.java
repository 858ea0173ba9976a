package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.config.identity.key.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the JSON Schema and the documentation against what the loader does. */
class ConfigDescriptionTest {

  private static final NavigableMap<String, JsonNode> SCHEMA = new TreeMap<>();
  private static String page;

  /** What has to stand beside a key of these sections. */
  private static final Map<String, String> BESIDE =
      Map.of(
          "identity.jwt.", "jwt: {jwks_url: 'http://a', issuer: a, audience: b",
          "identity.trusted_headers.", "trusted_headers: {from: [10.0.0.0/8]");

  /** Its least is another key's value. */
  private static final String HELD = "listen.max_held_body_bytes";

  @BeforeAll
  static void read() throws IOException {
    try (InputStream schema = GateConfig.class.getResourceAsStream("/tidegate.schema.json")) {
      collect("", new ObjectMapper().readTree(schema));
    }
    page = Files.readString(Path.of("../docs/configuration.md"));
  }

  @Test
  void schemaHasTheLoadersKeysAndNoOthers() {
    assertThat(SCHEMA.keySet()).containsExactlyElementsOf(ConfigLoader.keysAskedOf(Yaml.COMPLETE));
  }

  @Test
  void schemaHasTheLoadersRanges() throws Exception {
    for (Map.Entry<String, JsonNode> field : SCHEMA.entrySet()) {
      JsonNode range = field.getValue().path("anyOf").path(0);
      boolean fixed = !Set.of("limit.reserve", HELD).contains(field.getKey());
      if (range.has("minimum") && fixed) {
        long minimum = range.get("minimum").asLong();
        long maximum = range.get("maximum").asLong();
        Yaml.load(document(field.getKey(), minimum));
        Yaml.load(document(field.getKey(), maximum));
        String allowed = "is out of range, allowed " + minimum + " to " + maximum;
        assertThat(Yaml.refusal(document(field.getKey(), minimum - 1))).contains(allowed);
        assertThat(Yaml.refusal(document(field.getKey(), maximum + 1))).contains(allowed);
      }
    }
  }

  @Test
  void schemaHasTheLoadersDefaults() throws Exception {
    for (Map.Entry<String, JsonNode> field : SCHEMA.entrySet()) {
      JsonNode value = field.getValue().path("default");
      if (value.isValueNode()) {
        assertThat(Yaml.load(document(field.getKey(), value.asText())))
            .as(field.getKey())
            .isEqualTo(Yaml.load(document(field.getKey(), "")));
      }
    }
  }

  @Test
  void pageHasARowForEveryKeyWithItsDefault() {
    for (Map.Entry<String, JsonNode> field : SCHEMA.entrySet()) {
      boolean section = SCHEMA.keySet().stream().anyMatch(key -> within(key, field.getKey()));
      if (!section) {
        String start = "| `" + field.getKey() + "` |";
        assertThat(page.lines().filter(line -> line.startsWith(start))).as(start).hasSize(1);
        JsonNode value = field.getValue().path("default");
        if (value.isValueNode()) {
          assertThat(page.lines().filter(line -> line.startsWith(start)))
              .allMatch(line -> line.contains("| `" + value.asText() + "` |"), value.asText());
        }
      }
    }
  }

  @Test
  void pageHasNoRowForAKeyThatDoesNotExist() {
    assertThat(
            page.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3))))
        .allMatch(SCHEMA::containsKey);
  }

  @Test
  void pagesExampleIsValid() throws Exception {
    String example = page.split("```yaml\n", -1)[1].split("```", -1)[0];
    GateConfig config =
        Yaml.load(example, Map.of("UPSTREAM_KEY", "u", "ALICE_KEY", "sk-alice"), Overrides.none());

    assertThat(config.limit().seats()).hasValue(64);
    assertThat(config.identity().apiKeys().get(1).keySha256()).isEqualTo(Sha256.of("sk-bob"));
  }

  private static boolean within(String key, String section) {
    return Stream.of(".", "[]").anyMatch(next -> key.startsWith(section + next));
  }

  private static void collect(String path, JsonNode node) {
    node.path("properties")
        .properties()
        .forEach(property -> put(path + property.getKey(), property.getValue()));
    if (node.path("additionalProperties").isObject()) {
      put(path + "*", node.get("additionalProperties"));
    }
  }

  private static void put(String path, JsonNode node) {
    SCHEMA.put(path, node);
    collect(path + ".", node);
    collect(path + "[].", node.path("items"));
  }

  /** A file that sets one key, and what has to stand beside it. */
  private static String document(String path, Object value) {
    boolean upstream = path.startsWith("upstreams[]");
    boolean feature = path.startsWith("features.*.") && !path.contains(".match.");
    for (Map.Entry<String, String> beside : BESIDE.entrySet()) {
      if (path.startsWith(beside.getKey())) {
        String key = path.substring(beside.getKey().length());
        return "identity: {%s, %s: %s}}".formatted(beside.getValue(), key, value);
      }
    }
    String prefix = upstream ? "upstreams: [{url: 'http://a', " : "";
    prefix += feature ? "features: {f: {match: {model: m}, " : "";
    String inner =
        path.replace("upstreams[].", "")
            .replaceFirst(feature ? "^features[.][*][.]" : "^$", "")
            .replace("*", "plus");
    String text = prefix + inner.replace(".", ": {") + ": " + value;
    text += "}".repeat(inner.length() - inner.replace(".", "").length());
    return text + (upstream ? "}]" : feature ? "}}" : "");
  }
}
