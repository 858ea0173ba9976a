package io.tidegate.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, which is told to end. */
class ServeProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern CHAT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/v1\n");

  @TempDir private Path folder;
  private Path output;
  private Path config;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    output = folder.resolve("output");
    config = Files.writeString(folder.resolve("tidegate.yaml"), "");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "serve",
                "--config=" + config,
                "--port=0",
                "--admin-port=0",
                "--data=" + folder.resolve("data"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await().atMost(PATIENCE).until(() -> CHAT.matcher(text()).find());
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void finishesWhatRunsOnSigtermAndEndsWithZero() throws Exception {
    try (RawClient client = stream("output-tokens=60,token-ms=50")) {
      client.readUntil("t3\"");
      process.destroy();
      await().atMost(PATIENCE).until(() -> text().contains("Draining: 1 requests run"));
      try (RawClient late = RawClient.connect(port())) {
        late.send(RawClient.chatRequest("tg-demo-plus", TestGate.ask(3, true), ""));
        assertThat(late.readToEnd()).startsWith("HTTP/1.1 503").contains("\"code\":\"draining\"");
      }
      assertThat(client.readUntil("[DONE]")).endsWith("[DONE]");
    }
    assertEndsWithZero("Drained: 1 finished, 0 cut.");
  }

  @Test
  void cutsWhatRunsOnASecondSigterm() throws Exception {
    try (RawClient client = stream("output-tokens=1000,token-ms=1000")) {
      client.readUntil("t1\"");
      process.destroy();
      await().atMost(PATIENCE).until(() -> text().contains("Draining: 1 requests run"));
      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      assertThat(client.readToEnd()).contains("\"code\":\"draining\"").doesNotContain("[DONE]");
    }
    assertEndsWithZero("Drained: 0 finished, 1 cut.");
  }

  @Test
  void takesAChangedFileOnSighupAndKeepsTheLastGoodOne() throws Exception {
    Files.writeString(config, "limit: {mode: fixed, seats: 7}\n");
    hangUp();
    await().atMost(PATIENCE).until(() -> text().contains("changed: limit.seats: 48 -> 7"));
    Files.writeString(config, "limit: {seat: 7}\n");
    hangUp();
    await().atMost(PATIENCE).until(() -> text().contains("Not reloaded"));
    assertThat(text()).contains("tidegate.yaml:1: limit.seat: unknown key");
    try (RawClient client = stream("output-tokens=3")) {
      client.readUntil("[DONE]");
    }
  }

  private void hangUp() throws Exception {
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
  }

  @Test
  void showsCommandsThatWorkWhenPasted() throws Exception {
    String banner = text();
    assertThat(banner).contains("a simulated chat backend runs in this process", "tg-demo-new");
    for (String line : banner.lines().filter(each -> each.startsWith("  curl ")).toList()) {
      Process curl =
          new ProcessBuilder("sh", "-c", line.strip().replaceFirst("curl", "curl -sSf"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("pasted").toFile())
              .start();
      assertThat(curl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(curl.exitValue()).as(line).isZero();
    }
  }

  private RawClient stream(String script) throws IOException {
    return RawClient.connect(port())
        .send(
            RawClient.chatRequest(
                "tg-demo-plus", TestGate.ask(1000, true), "x-backend-script: " + script + "\r\n"));
  }

  private void assertEndsWithZero(String lastLine) throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(text()).contains(lastLine).doesNotContain("Exception");
    assertThat(process.exitValue()).isZero();
  }

  private int port() throws IOException {
    Matcher matcher = CHAT.matcher(text());
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private String text() throws IOException {
    return Files.readString(output);
  }
}
