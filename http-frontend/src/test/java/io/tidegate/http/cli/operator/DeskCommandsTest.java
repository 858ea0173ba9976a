package io.tidegate.http.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.cli.operator.signup.KeysCommand;
import io.tidegate.http.cli.operator.signup.SubscribersCommand;
import io.tidegate.http.cli.operator.signup.WaitlistCommand;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code keys}, {@code subscribers} and {@code waitlist} against a running gate with a store. */
class DeskCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestGate gate;

  @BeforeAll
  static void start() {
    List<PlanConfig> sold = List.of(PlanConfig.of(PlanTerms.of("plus")));
    gate =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withSignups(SignupConfig.none().withPlans(sold)));
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  @Test
  void keysAreMadeListedWithoutWhatTheyAreAndRevoked() throws Exception {
    json(new SubscribersCommand(), "put", "kim", "--plan", "plus", "--status", "active");
    JsonNode made = json(new KeysCommand(), "add", "kim", "--label", "laptop");
    String key = made.path("key").asText();
    String id = made.path("id").asText();
    assertThat(models(key)).isEqualTo(200);

    assertThat(run(new KeysCommand(), "list").lines())
        .anyMatch(line -> line.contains(id) && line.contains("kim") && line.contains("laptop"))
        .noneMatch(line -> line.contains(key));

    assertThat(json(new KeysCommand(), "revoke", id).path("id").asText()).isEqualTo(id);
    assertThat(models(key)).isEqualTo(401);
    assertThat(refused(new KeysCommand(), "revoke", id)).contains("no such key");
  }

  @Test
  void aKeyOfTheServiceSellsAndAsksForNothing() throws Exception {
    String key = json(new KeysCommand(), "add", "--service").path("key").asText();
    assertThat(models(key)).isEqualTo(401);
    assertThat(post("/signup/v1/subscriptions", key, body("sold@example.org")).statusCode())
        .isEqualTo(201);
    assertThat(run(new SubscribersCommand(), "list")).contains("sold@example.org");
  }

  @Test
  void keysAddNeedsToKnowForWhom() {
    assertThat(misused(new KeysCommand(), "add")).contains("SUBSCRIBER, or --service");
    assertThat(misused(new KeysCommand(), "add", "kim", "--service"))
        .contains("SUBSCRIBER, or --service");
    assertThat(misused(new KeysCommand())).contains("add, list, revoke");
    assertThat(refused(new KeysCommand(), "add", "stranger")).contains("no such subscriber");
  }

  @Test
  void subscribersArePutShownByIdAndEmailAndErased() throws Exception {
    JsonNode put =
        json(
            new SubscribersCommand(),
            "put",
            "lea",
            "--plan=plus",
            "--status=active",
            "--email=lea@example.org",
            "--subscribed-at=2023-03-01T00:00:00Z");
    assertThat(put.path("subscribed_at").asText()).isEqualTo("2023-03-01T00:00:00Z");
    assertThat(json(new SubscribersCommand(), "show", "lea")).isEqualTo(put);
    assertThat(json(new SubscribersCommand(), "show", "lea@example.org")).isEqualTo(put);

    assertThat(
            json(new SubscribersCommand(), "put", "lea", "--status=cancelled")
                .path("status")
                .asText())
        .isEqualTo("cancelled");

    assertThat(json(new SubscribersCommand(), "erase", "lea").path("erased_rows").asInt())
        .isPositive();
    assertThat(refused(new SubscribersCommand(), "show", "lea")).contains("no such subscriber");
    assertThat(run(new SubscribersCommand(), "list")).doesNotContain("lea@example.org");
  }

  @Test
  void listsGoOnBehindTheirFirstThousand() throws Exception {
    String key = json(new KeysCommand(), "add", "--service").path("key").asText();
    List<CompletableFuture<Integer>> puts = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      puts.add(put("one-of-many-%04d".formatted(i), key));
    }
    assertThat(puts).allMatch(put -> put.join() == 200);
    assertThat(run(new SubscribersCommand(), "list").lines())
        .filteredOn(line -> line.startsWith("one-of-many-"))
        .hasSize(1_100)
        .doesNotHaveDuplicates();
  }

  private static CompletableFuture<Integer> put(String id, String key) {
    return HTTP.sendAsync(
            HttpRequest.newBuilder(URI.create(gate.url() + "/signup/v1/subscribers/" + id))
                .header("authorization", "Bearer " + key)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"plan\":\"plus\"}"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  @Test
  void subscribersPutRefusesWhatBillingCannotMean() {
    assertThat(refused(new SubscribersCommand(), "put", "max", "--plan", "gold"))
        .contains("no such plan");
    assertThat(refused(new SubscribersCommand(), "put", "max", "--status", "asleep"))
        .contains("`active` or `cancelled`");
  }

  @Test
  void waitlistIsListedAndItsEntriesInvitedAndRemoved() throws Exception {
    String first = join("first@example.org");
    String second = join("second@example.org");
    assertThat(run(new WaitlistCommand(), "list")).contains(first, second, "first@example.org");
    JsonNode shown = json(new WaitlistCommand(), "show", second);
    assertThat(shown.path("email").asText()).isEqualTo("second@example.org");
    assertThat(shown.path("position").asInt()).isEqualTo(2);
    assertThat(refused(new WaitlistCommand(), "show", "wle_nobody")).contains("no such entry");
    assertThat(refused(new WaitlistCommand(), "list", "--plan", "gold")).contains("not sold");

    json(new WaitlistCommand(), "invite", second);
    assertThat(run(new WaitlistCommand(), "show", second)).contains("invited");
    json(new WaitlistCommand(), "remove", first);
    assertThat(run(new WaitlistCommand(), "show", first)).contains("left");
    assertThat(refused(new WaitlistCommand(), "invite", first)).contains("not waiting any more");
    assertThat(refused(new WaitlistCommand(), "remove", "wle_nobody")).contains("no such entry");
    assertThat(misused(new WaitlistCommand())).contains("list, show, invite, remove");
  }

  private static String join(String email) throws Exception {
    HttpResponse<String> answer = post("/signup/v1/waitlist", "", body(email));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JSON.readTree(answer.body()).path("id").asText();
  }

  private static String body(String email) {
    return "{\"email\":\"" + email + "\",\"plan\":\"plus\"}";
  }

  private static HttpResponse<String> post(String path, String key, String body) {
    return TestGate.send(
        HttpRequest.newBuilder(URI.create(gate.url() + path))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static int models(String key) {
    return TestGate.send(
            HttpRequest.newBuilder(URI.create(gate.url() + "/v1/models"))
                .header("authorization", "Bearer " + key)
                .build())
        .statusCode();
  }

  private static JsonNode json(Object command, String... arguments) throws Exception {
    return JSON.readTree(run(command, arguments));
  }

  private static String run(Object command, String... arguments) {
    return output(0, command, arguments);
  }

  private static String refused(Object command, String... arguments) {
    return output(CommandLine.ExitCode.SOFTWARE, command, arguments);
  }

  private static String misused(Object command, String... arguments) {
    return output(CommandLine.ExitCode.USAGE, command, arguments);
  }

  private static String output(int exitCode, Object command, String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    CommandLine line = new CommandLine(command).setOut(out).setErr(out);
    String[] all = new String[arguments.length + (arguments.length > 0 ? 2 : 0)];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    if (arguments.length > 0) {
      all[arguments.length] = "--admin";
      all[arguments.length + 1] = "http://127.0.0.1:" + gate.frontend().adminAddress().getPort();
    }
    assertThat(line.execute(all)).as(text.toString()).isEqualTo(exitCode);
    return text.toString();
  }
}
