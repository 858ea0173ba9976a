package io.tidegate.http.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.cli.operator.signup.PauseSignupsCommand;
import io.tidegate.http.cli.operator.signup.ResumeSignupsCommand;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** An operator's commands against a running gate, and what everybody sees of them. */
class SignupCommandsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void pauseAndResumeWhatEverybodySees() throws Exception {
    try (TestGate gate = start()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(get(gate, "/signup/v1/status").statusCode()).isEqualTo(200));

      String paused =
          run(gate, new PauseSignupsCommand(), "--until", "2h", "--reason", "a <b> & 'c'");
      assertThat(paused).startsWith("plus: paused since ").contains(", until ");
      assertThat(get(gate, "/signup/v1/status").body())
          .contains("\"state\":\"paused\"", "\"reason\":\"a <b> & 'c'\"");
      assertThat(get(gate, "/signup").body())
          .contains("class=\"state paused\"", "a &lt;b&gt; &amp; &#39;c&#39;");
      assertThat(gate.metric("tidegate_signup_state", "paused")).isEqualTo(1);

      assertThat(run(gate, new ResumeSignupsCommand(), "--plan", "plus"))
          .startsWith("plus: open since ");
      assertThat(get(gate, "/signup").body()).contains("class=\"state open\"");
      assertThat(gate.metric("tidegate_signup_state", "paused")).isZero();
    }
  }

  @Test
  void nameThePageToWhoeverHasNoSubscription() throws Exception {
    try (TestGate gate = start()) {
      HttpResponse<String> refused = get(gate, "/v1/models");

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("\"help_url\":\"/signup\"");
    }
  }

  private static TestGate start() {
    PlanConfig plan = PlanConfig.of(PlanTerms.of("plus"));
    return TestGate.start(
        UnaryOperator.identity(),
        config -> config.withSignups(SignupConfig.none().withPlans(List.of(plan))));
  }

  private static String run(TestGate gate, Object command, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out));
    String[] all = new String[arguments.length + 2];
    all[0] = "--admin";
    all[1] = "http://127.0.0.1:" + gate.frontend().adminAddress().getPort();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    assertThat(line.execute(all)).isZero();
    return out.toString();
  }

  private static HttpResponse<String> get(TestGate gate, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(gate.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
