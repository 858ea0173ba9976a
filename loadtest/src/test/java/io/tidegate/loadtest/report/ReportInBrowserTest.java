package io.tidegate.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Outcome;
import io.tidegate.loadtest.record.result.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report as a reader's browser shows it. Shown red by text set as markup, and by buckets that
 * replace each other instead of adding up.
 */
@Timeout(180)
class ReportInBrowserTest {

  private static final double LONGEST_MILLIS = 120_000;
  private static final String MARKUP = "<img src=x onerror=\"window.hurt=1\">";
  private static final List<String> SECTIONS =
      List.of(
          "summary",
          "assertions",
          "arrivals",
          "first-token",
          "heat-map",
          "spectrum",
          "refusals",
          "tokens",
          "users",
          "lag",
          "phases",
          "manifest");

  /**
   * Drags over the chart in one task of the browser. A mouse moved from outside would aim at where
   * the chart was before the page was scrolled or laid out anew.
   */
  private static final String DRAG_OVER_MIDDLE_THIRD =
      """
      over => {
        const box = over.getBoundingClientRect();
        const fire = (type, on, share) => on.dispatchEvent(new MouseEvent(type, {
          bubbles: true, view: window, button: 0, movementX: 1,
          clientX: box.left + box.width * share, clientY: box.top + box.height / 2,
        }));
        window.dispatchEvent(new Event('scroll'));
        fire('mouseenter', over, 1 / 3);
        fire('mousemove', over, 1 / 3);
        fire('mousedown', over, 1 / 3);
        fire('mousemove', over, 2 / 3);
        fire('mouseup', document, 2 / 3);
      }""";

  private static Chromium chromium;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private BrowserContext context;
  @TempDir Path dir;

  /** Before each, not all: so each test that is skipped is counted. */
  @BeforeEach
  void start() {
    if (chromium == null) {
      chromium = Chromium.start();
    }
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void close() {
    if (context != null) {
      context.close();
    }
  }

  @Test
  void drawsEverySectionFromTheFileAlone() throws IOException {
    Page page = open(List.of(MadeRun.of(dir)), 1280, ColorScheme.LIGHT);
    for (String section : SECTIONS) {
      assertThat(page.locator("#" + section + " :is(canvas, table)").count())
          .as(section)
          .isPositive();
    }
    assertThat(page.locator("#verdict").textContent()).contains("% served", "streams cut");
    assertThat(requests).hasSize(1).allMatch(url -> url.startsWith("file:"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void pilesOutcomesUpToWhatWasOffered() throws IOException {
    Page page = open(List.of(MadeRun.of(dir)), 1280, ColorScheme.LIGHT);
    assertThat(
            page.evaluate(
                """
                () => {
                  const { layers, offered } = pile(report.runs[0], [0, 1, 2]);
                  const top = layers[layers.length - 1].heights;
                  return layers.length === 3 && offered.length === 30 &&
                      offered.every((rate, at) => rate > 0 && Math.abs(rate - top[at]) < 1e-9);
                }"""))
        .isEqualTo(true);
  }

  @Test
  void computesTheSpectrumOfTheWholeRunAsTheHistogramsDo() throws IOException {
    ReportedRun run = MadeRun.of(dir);
    Page page = open(List.of(run), 1280, ColorScheme.LIGHT);
    for (int tier = 0; tier < run.run().tiers().size(); tier++) {
      Distribution whole =
          run.run().latencies(run.run().tiers().get(tier), Outcome.OK, Phase.FIRST_TOKEN);
      for (double share : new double[] {0.5, 0.9, 0.99}) {
        double millis = whole.percentileNanos(100 * share) / 1e6;
        assertThat(
                number(
                    page,
                    "percentileMillis(timesBetween(report.runs[0], %d, 0, 30), %s)"
                        .formatted(tier, share)))
            .isCloseTo(millis, within(0.02 * millis));
      }
      assertThat(number(page, "timesBetween(report.runs[0], %d, 0, 30).maxMillis".formatted(tier)))
          .isEqualTo(whole.maxNanos() / 1e6);
    }
  }

  @Test
  void computesTheSpectrumAnewForTheTimeThatIsDraggedOver() throws IOException {
    ReportedRun run = MadeRun.of(dir);
    Page page = open(List.of(run), 1280, ColorScheme.LIGHT);
    Locator answers = page.locator("#spectrum .scroll tbody tr").first();
    String whole = answers.textContent();
    page.locator("#first-token .u-over").evaluate(DRAG_OVER_MIDDLE_THIRD);
    long from = Long.parseLong(page.locator("#picker input").nth(0).inputValue());
    long to = Long.parseLong(page.locator("#picker input").nth(1).inputValue());
    assertThat(from).isBetween(8L, 11L);
    assertThat(to).isBetween(19L, 22L);
    List<String> expected = new ArrayList<>();
    for (String tier : run.run().tiers()) {
      expected.add(
          Long.toString(
              run.run().intervals().stream()
                  .filter(interval -> interval.second() >= from && interval.second() < to)
                  .mapToLong(interval -> interval.tier(tier).firstToken().count())
                  .sum()));
    }
    assertThat(answers.locator("td").allTextContents())
        .startsWith("answers")
        .endsWith(expected.toArray(String[]::new));
    page.locator("#picker button").dispatchEvent("click");
    assertThat(answers.textContent()).isEqualTo(whole);
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsMarkupInNamesAsText() throws IOException {
    Page page =
        open(
            List.of(MadeRun.of(dir, true, List.of("plus" + MARKUP, "free"), MARKUP)),
            1280,
            ColorScheme.LIGHT);
    assertThat(page.locator("img, b, i").count()).isZero();
    assertThat(page.evaluate("window.hurt === undefined")).isEqualTo(true);
    assertThat(page.locator("h1").textContent()).isEqualTo("made-up <b>run</b>");
    assertThat(page.locator("#summary th").nth(1).textContent()).isEqualTo("plus" + MARKUP);
    assertThat(page.locator("#refusals .scroll tbody td").nth(1).textContent()).isEqualTo(MARKUP);
    assertThat(page.locator("#refusals .u-legend").textContent()).contains(MARKUP);
    assertThat(page.locator("#arrivals .choices button").nth(1).textContent())
        .isEqualTo("plus" + MARKUP);
    assertThat(complaints).isEmpty();
  }

  @Test
  void fitsOnAPhoneWithTwoRunsAndSwitchesFromDarkToLight() throws IOException {
    ReportedRun with = MadeRun.of(dir.resolve("gate"));
    ReportedRun without =
        MadeRun.of(dir.resolve("no-gate"), false, with.run().tiers(), "status-503");
    Page page = open(List.of(with, without), 390, ColorScheme.DARK);
    assertThat(number(page, "document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    assertThat(page.locator("#arrivals figcaption").allTextContents())
        .containsExactly("With the gate", "Without the gate");
    String dark = background(page);
    page.locator(".switch").dispatchEvent("click");
    assertThat(background(page)).isNotEqualTo(dark).isEqualTo("rgb(255, 255, 255)");
    assertThat(page.locator("#arrivals canvas").count()).isEqualTo(2);
    assertThat(complaints).isEmpty();
  }

  private Page open(List<ReportedRun> runs, int width, ColorScheme colors) throws IOException {
    Path file = Report.write(dir, runs);
    context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(colors));
    context.setDefaultTimeout(LONGEST_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(file.toUri().toString());
    return page;
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  private static String background(Page page) {
    return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
  }
}
