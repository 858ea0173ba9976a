package io.tidegate.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PORT", "81", "TOKEN", "a, b: {c} # d", "EMPTY", "", "URL", "http://a");

  private static GateConfig load(String text) throws ConfigException {
    return Yaml.load(text, ENVIRONMENT, Overrides.none());
  }

  @Test
  void replacesReferencesInPlainQuotedAndFlowValues() throws Exception {
    assertThat(load("listen: {port: ${PORT}}").listen().port()).isEqualTo(81);
    assertThat(load("listen:\n  port: ${PORT}").listen().port()).isEqualTo(81);
    assertThat(load("listen: {port: \"${PORT}\"}").listen().port()).isEqualTo(81);
    assertThat(load("listen: {port: 1${PORT}${PORT}}").listen().port()).isEqualTo(18_181);
    assertThat(load("upstreams: [{url: ${URL}/${PORT}}]").upstreams().get(0).url())
        .hasToString("http://a/81");
  }

  @Test
  void takesTheDefaultWhenTheVariableIsAbsentOrEmpty() throws Exception {
    assertThat(load("listen: {port: ${PORT:-9}}").listen().port()).isEqualTo(81);
    assertThat(load("listen: {port: ${ABSENT:-9}}").listen().port()).isEqualTo(9);
    assertThat(load("listen: {port: ${EMPTY:-9}}").listen().port()).isEqualTo(9);
    assertThat(load("data_dir: ${ABSENT:-a, b: #c}").dataDir()).hasToString("a, b: #c");
  }

  @Test
  void takesAnEmptyResultAsNotGiven() throws Exception {
    assertThat(load("admin: {port: 9090, token: ${ABSENT:-}}").admin().token()).isEmpty();
    assertThat(load("admin: {token: \"${EMPTY}\"}").admin().token()).isEmpty();
    assertThat(load("listen: {port: ${EMPTY}}").listen().port()).isEqualTo(8080);
  }

  @Test
  void neverLetsAValueBecomeYaml() throws Exception {
    assertThat(load("admin: {token: ${TOKEN}}").admin().token()).hasValue("a, b: {c} # d");
  }

  @Test
  void leavesAloneWhatIsEscapedOrInAComment() throws Exception {
    assertThat(load("data_dir: a$${PORT}  # ${ABSENT}").dataDir()).hasToString("a${PORT}");
  }

  @Test
  void replacesReferencesInWhatIsPassedToPekko() throws Exception {
    assertThat(load("pekko: {a: [1, ${PORT}, x${PORT}]}").pekko()).hasToString("{a=[1, 81, x81]}");
  }

  @Test
  void refusesMissingVariablesAndMalformedReferences() {
    assertThat(
            Yaml.refusal("data_dir: x\nlisten:\n  port: ${ABSENT}\n  host: ${GONE}", ENVIRONMENT))
        .isEqualTo(
            "t.yaml:3: listen.port: environment variable ABSENT is not set,"
                + " and ${ABSENT} has no default\n"
                + "t.yaml:4: listen.host: environment variable GONE is not set,"
                + " and ${GONE} has no default");
    assertThat(Yaml.refusal("data_dir: ${1X}"))
        .isEqualTo(
            "t.yaml:1: data_dir: malformed reference,"
                + " the forms are ${NAME}, ${NAME:-default}, ${file:/path}, $${ for itself");
    assertThat(Yaml.refusal("data_dir: \uE000"))
        .isEqualTo("t.yaml: the character U+E000 is not allowed");
  }

  @Test
  void takesSecretsFromFiles(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "a, b: {c} # d\n");
    assertThat(load("admin: {token: ${file:" + secret + "}}").admin().token())
        .hasValue("a, b: {c} # d");
    assertThat(load("admin: {token: \"x ${file:" + secret + "}\"}").admin().token())
        .hasValue("x a, b: {c} # d");
    assertThat(Yaml.refusal("admin: {token: ${file:/no/such/file}}"))
        .isEqualTo("t.yaml:1: admin.token: there is no file /no/such/file");
    assertThat(Yaml.refusal("admin: {token: ${file:" + folder + "}}"))
        .isEqualTo("t.yaml:1: admin.token: file " + folder + " cannot be read as text");
  }

  @Test
  void showsReferencesInKeysAsTheyAreWritten() {
    assertThat(Yaml.refusal("${PORT}: 1", ENVIRONMENT))
        .startsWith("t.yaml:1: ${PORT}: unknown key");
  }

  @Test
  void keepsLinesAndColumnsOfSyntaxMistakes() {
    assertThat(Yaml.refusal("a: {b: ${PORT:-long default}, c: d: e}", ENVIRONMENT))
        .isEqualTo("t.yaml:1:35: not YAML: expected ',' or '}', but got :");
  }
}
