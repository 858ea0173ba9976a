package io.tidegate.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code simulate --resize} does to the upstream. */
class SimulateResizeTest {
  private static final Pattern SERVED_OF_THE_BEST = Pattern.compile("(?m)^plus .* ([0-9.]+)%");
  private static final Pattern GOODPUT = Pattern.compile("the upstream can make: ([\\d.]+)%");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void writeAConfiguration() throws IOException {
    config = folder.resolve("tidegate.yaml");
    Files.writeString(config, "limit: {mode: fixed, seats: 48}\n");
  }

  @Test
  void aFixedLimitDoesNotSurviveTheLossOfHalfTheUpstream() {
    double whole = goodput();
    double half = goodput("--resize", "120=.5");

    assertThat(whole).isGreaterThan(90);
    assertThat(half).isLessThan(whole / 2);
  }

  @Test
  void whatStoodStillGoesOn() {
    double again = servedOfTheBest("--resize", "120=0,150=1");
    assertThat(again).isGreaterThan(2 * servedOfTheBest("--resize", "120=0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"300=1", "-1=1", "120=-1", "120=11", "120=NaN", "120"})
  void endsWith2ForASizeOrATimeThatIsNone(String sizes) {
    assertThat(simulate("--resize", sizes)).isEqualTo(2);
    assertThat(err.toString()).contains("--resize").doesNotContain("Exception");
  }

  private double goodput(String... options) {
    return found(GOODPUT, options);
  }

  private double servedOfTheBest(String... options) {
    return found(SERVED_OF_THE_BEST, options);
  }

  private double found(Pattern figure, String... options) {
    out.getBuffer().setLength(0);
    assertThat(simulate(options)).as(err.toString()).isZero();
    Matcher found = figure.matcher(out.toString());
    assertThat(found.find()).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private int simulate(String... options) {
    List<String> all = new ArrayList<>(List.of("simulate", "--config", config.toString()));
    all.addAll(List.of(options));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
