package io.tidegate.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.listen.AdminConfig;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as an operator's browser shows it. */
class DashboardInBrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MARKUP = "<img src=x onerror=\"window.markupRan=1\">";

  private static Chromium chromium;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private TestGate gate;

  @TempDir Path folder;

  @BeforeAll
  static void startTheBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopTheBrowser() {
    chromium.close();
  }

  @AfterEach
  void stop() {
    if (context != null) {
      context.close();
    }
    if (gate != null) {
      gate.close();
    }
  }

  @Test
  void agreesWithTheMetricsPageAndBalancesItsBooks() {
    gate = TestGate.start();
    Page page = open();
    for (int i = 0; i < 7; i++) {
      gate.chat(TestGate.PLUS, TestGate.ask(3, true), Optional.empty());
    }
    gate.chat(TestGate.FREE, TestGate.ask(3, true), Optional.empty());

    eventually(() -> offered(page, "plus") == 7 && offered(page, "free") == 1);
    // At rest the page and /metrics tell of the same moment.
    for (String tier : List.of("plus", "free", "new")) {
      assertThat(offered(page, tier)).isEqualTo(gate.metric("tidegate_offered_total", tier));
      assertThat(number(page, "tier.open_sessions", tier))
          .isEqualTo(gate.metric("tidegate_open_sessions", tier));
      assertThat(number(page, "tier.admitted", tier))
          .isEqualTo(gate.metric("tidegate_admitted_total", tier));
      assertThat(number(page, "tier.inflight_seats", tier))
          .isEqualTo(gate.metric("tidegate_inflight_seats", tier));
    }
    assertThat(number(page, "live.last.limit.seats", "plus"))
        .isEqualTo(gate.metric("tidegate_limit_seats"));
    assertThat(page.locator("#tile-inflight").textContent()).contains("of 40 seats");
    assertThat(page.locator("#balance").textContent()).startsWith("✓");
    eventually(() -> page.locator("#upstreams").textContent().contains("ms"));
    assertThat(page.locator("#hurt").textContent()).isEqualTo("Nobody is being refused or late.");
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsWhoIsRefusedAndWhy() {
    gate = TestGate.start();
    Page page = open();
    gate.frontend().drain(PATIENCE);
    gate.chat(TestGate.NEW, TestGate.ask(3, true), Optional.empty());

    eventually(() -> page.locator("#hurt").textContent().contains("new: 100 %"));
    assertThat(page.locator("#cause").textContent()).contains("the gate is being drained");
    assertThat(page.locator("#state").textContent()).startsWith("Draining");
    assertThat(page.locator("#happened").textContent()).contains("no new requests are taken");
  }

  @Test
  void recomputesTheSpectrumForThePickedTime() {
    gate = TestGate.start();
    Page page = open();
    for (int i = 0; i < 5; i++) {
      gate.chat(TestGate.PLUS, TestGate.ask(3, true), Optional.empty());
    }
    eventually(() -> answersInSpectrum(page) == 5);

    // Before the first answer, and the whole of it again.
    page.evaluate("pickTime(startOfAll() - 1, startOfAll())");
    String picked = page.locator("#picked").textContent();
    assertThat(picked).startsWith("From ");
    assertThat(answersInSpectrum(page)).isLessThan(5);

    page.locator("#all-times").click();
    assertThat(answersInSpectrum(page)).isEqualTo(5);
    assertThat(complaints).isEmpty();
  }

  @Test
  void takesThePartOfTheTimeThatIsDraggedOver() {
    gate = TestGate.start();
    Page page = open();
    eventually(() -> (boolean) page.evaluate("liveRun().stretches.length > 3"));
    page.locator("#arrivals .u-over").scrollIntoViewIfNeeded();
    BoundingBox chart = page.locator("#arrivals .u-over").boundingBox();
    double y = chart.y + chart.height / 2;
    page.mouse().move(chart.x + chart.width * .1, y);
    page.mouse().down();
    page.mouse().move(chart.x + chart.width * .6, y, new Mouse.MoveOptions().setSteps(5));
    page.mouse().up();

    assertThat(page.locator("#picked").textContent()).startsWith("From ");
    assertThat((boolean) page.evaluate("view.to < endOfAll() || view.from > startOfAll()"))
        .isTrue();
  }

  @Test
  void drawsTheLimitAndTakesNoSecondTwice() {
    gate = TestGate.start();
    Page page = open();
    eventually(() -> pixelsOfInk(page, "#loops canvas") > 200);

    Object added =
        page.evaluate(
            """
            () => {
              const before = liveRun().stretches.length;
              live.raw.slice().forEach(takeSecond);
              return liveRun().stretches.length - before;
            }""");
    assertThat(added).isEqualTo(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void saysWhenNothingComesAndGoesOnByItself() {
    gate = TestGate.start();
    int port = gate.frontend().adminAddress().getPort();
    Page page = open();
    eventually(() -> page.locator("#connection").textContent().contains("live"));

    gate.close();
    eventually(() -> page.locator("#connection").textContent().contains("Nothing has come"));

    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withAdmin(AdminConfig.defaults().withPort(port)));
    eventually(() -> page.locator("#connection").textContent().contains("live"));
  }

  @Test
  void pausesSignupsAndShowsMarkupAsText() {
    gate = TestGate.start(UnaryOperator.identity(), DashboardInBrowserTest::selling);
    Page page = open();
    eventually(() -> page.locator("#signups").textContent().contains("plus: open"));

    page.locator("#actions button", having("Pause sign-ups")).click();
    assertThat(page.locator("dialog").textContent()).contains("Subscribers, renewals");
    page.locator("dialog input[name=reason]").fill(MARKUP);
    page.locator("dialog .yes").click();

    eventually(() -> page.locator("#signups").textContent().contains("paused"));
    assertThat(page.locator("#signups").textContent()).contains(MARKUP);
    assertThat(page.evaluate("window.markupRan")).isNull();
  }

  @Test
  void letsNobodyActWithoutALogInWhereATokenIsSet() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> {
              GateConfig sold = selling(config);
              return sold.withAdmin(sold.admin().withToken("let-me-in"));
            });
    Page page = open();
    pauseByPage(page);
    eventually(() -> page.locator("#said").textContent().contains("admin token"));

    page.locator("#actions button", having("Log in")).click();
    page.locator("dialog input[name=token]").fill("let-me-in");
    page.locator("dialog .yes").click();
    eventually(() -> page.locator("#said").textContent().contains("Logged in"));
    pauseByPage(page);
    eventually(() -> page.locator("#signups").textContent().contains("paused"));
    assertThat(page.evaluate("document.cookie")).as("no script sees the cookie").isEqualTo("");
  }

  @Test
  void takesNoOrderFromAnotherOrigin() {
    gate = TestGate.start(UnaryOperator.identity(), DashboardInBrowserTest::selling);
    gate.frontend().live().tellsOf(new Wishes("Calm."));
    for (String path : List.of("signups/pause", "demo/surge", "demo/gate/off", "drain")) {
      assertThat(order(path, "http://evil.example")).as(path).isEqualTo(403);
    }
    assertThat(order("demo/surge", gate.adminUrl())).isEqualTo(202);
  }

  private int order(String path, String origin) {
    HttpRequest order =
        HttpRequest.newBuilder(URI.create(gate.adminUrl() + "/admin/v1/" + path))
            .header("content-type", "application/json")
            .header("origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return TestGate.send(order).statusCode();
  }

  @Test
  void showsMarkupInWhateverNameAsText() {
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> {
              UpstreamConfig sim = config.upstreams().get(0);
              return config.withUpstreams(List.of(UpstreamConfig.of(MARKUP, sim.url())));
            });
    gate.frontend().live().events().note(Events.Kind.UPSTREAM, MARKUP);
    gate.frontend().live().tellsOf(new Wishes(MARKUP));
    Page page = open();

    eventually(() -> page.locator("#happened").textContent().contains(MARKUP));
    assertThat(page.locator("#upstreams").textContent()).contains(MARKUP);
    assertThat(page.locator("#chapter").textContent()).contains(MARKUP);
    assertThat(page.locator("img").count()).isZero();
    assertThat(page.evaluate("window.markupRan")).isNull();
  }

  @Test
  void showsTheStorysButtonsOnlyWhereOneIsTold() {
    gate = TestGate.start(UnaryOperator.identity(), DashboardInBrowserTest::selling);
    Page page = open();
    assertThat(page.locator("#demo").isVisible()).isFalse();

    Wishes wishes = new Wishes("Calm.");
    gate.frontend().live().tellsOf(wishes);
    page.locator("#demo-surge").click();
    page.locator("#demo-gate").click();
    eventually(() -> wishes.told.equals(List.of("surge", "gate off")));
    eventually(() -> page.locator("#demo-gate").textContent().equals("Switch the gate on"));
    page.locator("#demo-gate").click();
    eventually(() -> wishes.told.contains("gate on"));

    page.locator("#demo-pause").click();
    eventually(() -> page.locator("#signups").textContent().contains("paused"));
    eventually(() -> page.locator("#demo-pause").textContent().equals("Resume sign-ups"));
    page.locator("#demo-pause").click();
    eventually(() -> page.locator("#signups").textContent().contains("open"));
  }

  @Test
  void savesItselfAsAFileThatOpensAlone() {
    gate = TestGate.start();
    Page page = open();
    gate.chat(TestGate.PLUS, TestGate.ask(3, true), Optional.empty());
    eventually(() -> offered(page, "plus") == 1);
    Download saved = page.waitForDownload(() -> page.locator("#save").click());
    Path file = folder.resolve("saved.html");
    saved.saveAs(file);
    gate.close();
    gate = null;

    List<String> requests = new ArrayList<>();
    Page alone = context.newPage();
    alone.onRequest(request -> requests.add(request.url()));
    alone.navigate(file.toUri().toString());
    eventually(() -> offered(alone, "plus") == 1);
    assertThat(alone.locator("#connection").textContent()).startsWith("Saved at");
    assertThat(requests).hasSize(1);
  }

  private static GateConfig selling(GateConfig config) {
    return config.withSignups(
        SignupConfig.none().withPlans(List.of(PlanConfig.of(PlanTerms.of("plus")))));
  }

  private void pauseByPage(Page page) {
    page.locator("#actions button", having("Pause sign-ups")).click();
    page.locator("dialog .yes").click();
  }

  private static Page.LocatorOptions having(String words) {
    return new Page.LocatorOptions().setHasText(words);
  }

  private Page open() {
    context =
        chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
    Page page = context.newPage();
    page.setDefaultTimeout((double) PATIENCE.toMillis());
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(gate.adminUrl() + "/dashboard");
    // What happens in the first second of a gate has nothing to be compared with.
    eventually(() -> (boolean) page.evaluate("liveRun().stretches.length > 0"));
    return page;
  }

  /** What the table of tiers says; -1 while the tier is not there. */
  private static double offered(Page page, String tier) {
    Object found =
        page.evaluate(
            """
            tier => {
              const row = [...document.querySelectorAll('#tiers tbody tr')]
                .find((one) => one.firstChild.textContent === tier);
              return row ? Number(row.lastChild.textContent.replaceAll(',', '')) : -1;
            }""",
            tier);
    return ((Number) found).doubleValue();
  }

  /** A number of a tier, as the page was told it last. */
  private static double number(Page page, String what, String tier) {
    Object found =
        page.evaluate(
            "name => { const tier = live.last.tiers.find((one) => one.name === name); return "
                + what
                + "; }",
            tier);
    return ((Number) found).doubleValue();
  }

  /** A story of one sentence that keeps in mind what was wished for. */
  private static final class Wishes implements Demo {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final String chapter;
    private volatile boolean gateOn = true;

    Wishes(String chapter) {
      this.chapter = chapter;
    }

    @Override
    public Telling telling() {
      return new Telling(chapter, 1, 1, 0, false, gateOn);
    }

    @Override
    public void surge() {
      told.add("surge");
    }

    @Override
    public void gate(boolean on) {
      gateOn = on;
      told.add(on ? "gate on" : "gate off");
    }
  }

  private static double answersInSpectrum(Page page) {
    Object found =
        page.evaluate(
            """
            () => {
              const row = [...document.querySelectorAll('#spectrum tbody tr')]
                .find((one) => one.firstChild.textContent === 'answers');
              return row ? Number(row.lastChild.textContent.replaceAll(',', '')) : 0;
            }""");
    return ((Number) found).doubleValue();
  }

  /** How much of a chart is drawn in the colour of the limit's line, which nothing else has. */
  private static double pixelsOfInk(Page page, String canvas) {
    Object found =
        page.evaluate(
            """
            selector => {
              const canvas = document.querySelector(selector);
              if (!canvas) {
                return 0;
              }
              const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const ink = [1, 3, 5].map((at) => parseInt(theme().ink.slice(at, at + 2), 16));
              let found = 0;
              for (let at = 0; at < image.data.length; at += 4) {
                const near = ink.every((value, part) => Math.abs(image.data[at + part] - value) < 8);
                found += near && image.data[at + 3] > 200 ? 1 : 0;
              }
              return found;
            }""",
            canvas);
    return ((Number) found).doubleValue();
  }

  private static void eventually(Callable<Boolean> holds) {
    await().atMost(PATIENCE).pollInSameThread().until(holds);
  }
}
