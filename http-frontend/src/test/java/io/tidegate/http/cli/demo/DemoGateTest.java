package io.tidegate.http.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.http.live.Demo;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The story on a gate with real sockets, told faster. */
@Timeout(180)
class DemoGateTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Story story = Story.ofLaunchDay().fasterBy(18);
  @TempDir private Path data;

  @Test
  void tellsItsChaptersInOrderWhileVisitorsAreServed() throws Exception {
    try (DemoGate demo = DemoGate.start(story, data, OptionalInt.of(0), OptionalInt.of(0))) {
      String admin = "http://127.0.0.1:" + demo.gate().adminAddress().getPort();
      List<String> sentences = story.chapters().stream().map(Chapter::sentence).toList();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> told(admin).size() > sentences.size());
      List<String> told = told(admin);
      assertThat(told.subList(0, sentences.size())).isEqualTo(sentences);
      // The loop begins again with its first chapter.
      assertThat(told.get(sentences.size())).isEqualTo(sentences.get(0));
      String metrics = text(admin + "/metrics");
      for (String tier : List.of("plus", "free", "new")) {
        assertThat(value(metrics, "tidegate_admitted_total{tier=\"" + tier + "\"}")).isPositive();
      }
      assertThat(value(metrics, "tidegate_waitlist_length")).isNotNegative();
      assertThat(text(admin + "/admin/v1/status")).contains("\"limit_seats\"");
      demo.endStory();
      demo.gate().drain().toCompletableFuture().join();
    }
  }

  @Test
  void doesWhatOnlookersWishByTheAdminPort() throws Exception {
    try (DemoGate demo =
        DemoGate.start(Story.ofLaunchDay(), data, OptionalInt.of(0), OptionalInt.of(0))) {
      String admin = "http://127.0.0.1:" + demo.gate().adminAddress().getPort();
      Demo story = demo.gate().live().demo().orElseThrow();
      assertThat(post(admin, "/admin/v1/demo/gate/off")).isEqualTo(202);
      assertThat(story.telling().gateOn()).isFalse();
      await().atMost(PATIENCE).until(() -> !status(admin).path("limit_seats").isNumber());

      double before = value(text(admin + "/metrics"), "tidegate_offered_total");
      assertThat(post(admin, "/admin/v1/demo/surge")).isEqualTo(202);
      assertThat(story.telling().surging()).isTrue();
      assertThat(post(admin, "/admin/v1/demo/surge")).as("again: nothing more").isEqualTo(202);
      // Far more than the two or three a second of a calm day within the surge's 20 s.
      await()
          .atMost(PATIENCE)
          .until(() -> value(text(admin + "/metrics"), "tidegate_offered_total") > before + 200);

      assertThat(post(admin, "/admin/v1/demo/gate/on")).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> status(admin).path("limit_seats").isNumber());
    }
  }

  private static JsonNode status(String admin) throws Exception {
    return JSON.readTree(text(admin + "/admin/v1/status"));
  }

  private static int post(String admin, String path) throws Exception {
    HttpURLConnection call = (HttpURLConnection) URI.create(admin + path).toURL().openConnection();
    call.setRequestMethod("POST");
    call.setRequestProperty("content-type", "application/json");
    call.setDoOutput(true);
    call.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
    return call.getResponseCode();
  }

  /** The story's events so far, as the dashboard hears of them. */
  private static List<String> told(String admin) throws Exception {
    List<String> told = new ArrayList<>();
    for (JsonNode second : JSON.readTree(history(admin))) {
      for (JsonNode event : second.path("events")) {
        if (event.path("kind").asText().equals("story")) {
          told.add(event.path("text").asText());
        }
      }
    }
    return told;
  }

  private static String history(String admin) throws Exception {
    URL url = URI.create(admin + "/admin/v1/live").toURL();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          return line.substring("data: ".length());
        }
      }
    }
    return "[]";
  }

  private static String text(String url) throws Exception {
    try (var in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
