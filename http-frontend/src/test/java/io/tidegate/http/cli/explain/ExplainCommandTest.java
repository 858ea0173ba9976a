package io.tidegate.http.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {

  private static final String CONFIG =
      """
      tiers:
        plus: {parallel_requests: 8, tokens_per_minute: 200000, max_wait: {opening: 3s}}
        free: {requests_per_minute: 20}
        new: {}
      features:
        gpts: {match: {model: "g-*"}, tiers: [plus], seats: 2, max_share: .3}
        vision: {match: {image_input: true}, seats: 3}
        long: {match: {max_tokens_over: 4000}, quota: 40 per 3h}
      identity:
        api_keys:
          - {key: sk-olga, subscriber: olga, tier: plus, subscribed_at: 2020-01-01}
          - {key: sk-yuri, subscriber: yuri, tier: plus, subscribed_at: "%s"}
          - {key: sk-fred, subscriber: fred, tier: free}
      """;

  @TempDir private Path folder;
  private Path file;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("t.yaml");
    Files.writeString(file, CONFIG.formatted(Instant.now()));
  }

  private int explain(String... arguments) {
    out.getBuffer().setLength(0);
    String[] all = new String[arguments.length + 2];
    all[0] = "--config";
    all[1] = file.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new CommandLine(new ExplainCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  @Test
  void tellsWhatAPlainRequestGets() {
    assertThat(explain("--key", "sk-olga")).isZero();
    assertThat(out.toString())
        .contains("subscriber  olga, by an API key")
        .contains("tier        plus, their own; a subscriber since 2020-01-01T00:00:00Z")
        .contains("class       plus-opening, number 2 of 6; plus-continuing, number 1, once")
        .contains("session     their only one")
        .contains("features    none")
        .contains("cost        1 seat")
        .contains("quotas      8 requests at once, unlimited a minute, 200000 tokens a minute")
        .contains("waits       at most 3s to open a session, 5s to continue one")
        .contains("verdict     admitted while there is room")
        .doesNotContain("sk-olga");
  }

  @Test
  void tellsWhyASubscriberIsServedAsNew() {
    assertThat(explain("--key", "sk-yuri")).isZero();
    assertThat(out.toString())
        .contains("tier        new, as a new subscriber, instead of their own, plus")
        .contains("class       new-opening, number 6 of 6");
  }

  @Test
  void tellsFeaturesAndCostAndSession() {
    assertThat(
            explain(
                "--key",
                "sk-olga",
                "--model",
                "g-7",
                "--image",
                "--max-tokens",
                "5000",
                "--session",
                "work"))
        .isZero();
    assertThat(out.toString())
        .contains("session     \"work\", named by header:x-session-id")
        .contains("gpts (2 seats, at most 0.3 of the limit)")
        .contains("vision (3 seats)")
        .contains("long (1 seat, 40 uses per 3h)")
        .contains("cost        3 seats, for vision");
  }

  @Test
  void endsWith1ForWhatIsRefusedWhateverTheLoad() {
    assertThat(explain("--key", "sk-fred", "--model", "g-7")).isEqualTo(1);
    assertThat(out.toString()).contains("not for tier free").contains("refused with 403");
    assertThat(explain("--key", "sk-nobody")).isEqualTo(1);
    assertThat(out.toString()).contains("401").doesNotContain("sk-nobody");
  }
}
