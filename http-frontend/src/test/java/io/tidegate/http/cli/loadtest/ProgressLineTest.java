package io.tidegate.http.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.loadtest.record.result.TierTotals;
import io.tidegate.loadtest.run.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final StringWriter out = new StringWriter();

  @Test
  void writesOverItselfOnATerminal() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), true);
    line.show(progress(20, 12));
    assertThat(out.toString())
        .startsWith("[=====               ] 20/80 s, 30 users, p99 1.50 s, lag 3 ms\n")
        .contains("  plus                    12 served         1 refused         2 failed\n")
        .doesNotContain("free");
    out.getBuffer().setLength(0);
    line.show(progress(21, 13));
    // Two lines up, away with all below, and the next two.
    assertThat(out.toString()).startsWith("\u001b[2A\r\u001b[J[=====");
    assertThat(out.toString().split("\n")).hasSize(2);
    out.getBuffer().setLength(0);
    line.clear();
    assertThat(out.toString()).isEqualTo("\u001b[2A\r\u001b[J");
  }

  @Test
  void fitsIntoEightyColumnsHoweverMuchThereIs() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), true);
    line.show(progress(86_399, 999_999_999));
    assertThat(out.toString().lines()).allMatch(one -> one.length() <= 80);
  }

  @Test
  void writesALineEveryTenSecondsIntoAFile() {
    ProgressLine line = new ProgressLine(new PrintWriter(out), false);
    for (int second = 1; second <= 25; second++) {
      line.show(progress(second, second));
    }
    line.clear();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(one -> one.contains(" | plus ") && !one.contains("\u001b"));
  }

  private static Progress progress(long second, long served) {
    Map<String, TierTotals> tiers = new LinkedHashMap<>();
    tiers.put("plus", totals(served + 3, served));
    tiers.put("free", totals(0, 0));
    return new Progress(
        TimeUnit.SECONDS.toNanos(second),
        TimeUnit.SECONDS.toNanos(80),
        30,
        tiers,
        TimeUnit.MILLISECONDS.toNanos(1500),
        TimeUnit.MILLISECONDS.toNanos(3));
  }

  private static TierTotals totals(long offered, long ok) {
    return new TierTotals(
        offered, ok, Map.of("no-room", 1L), Map.of("cut", 2L), 0, 0, 0, List.of());
  }
}
