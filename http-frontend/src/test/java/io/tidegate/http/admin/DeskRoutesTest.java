package io.tidegate.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidegate.engine.signup.ledger.PlanTerms;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.signup.PlanConfig;
import io.tidegate.http.config.signup.SignupConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Who may ask the desk by the admin port, and what is left of it in the audit.
 *
 * <p>Shown red by hand: reads that need nothing, and an audit line with the name as it came.
 */
class DeskRoutesTest {

  private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("io.tidegate.audit");
  private static final List<String> READS =
      List.of("keys", "subscribers", "subscribers/kim", "waitlist/plus", "dead-events");

  private final ListAppender<ILoggingEvent> audit = new ListAppender<>();

  @BeforeEach
  void listen() {
    audit.start();
    AUDIT.addAppender(audit);
  }

  @AfterEach
  void stopListening() {
    AUDIT.detachAppender(audit);
  }

  @Test
  void showsPeopleToTheOperatorOnly() {
    try (TestGate gate = selling(config -> config.withAdmin(config.admin().withToken("hush")))) {
      for (String read : READS) {
        assertThat(ask(gate, "GET", read, "", Optional.empty()).statusCode())
            .as(read)
            .isIn(401, 403);
        assertThat(ask(gate, "GET", read, "", Optional.of("hush")).statusCode())
            .as(read)
            .isIn(200, 404);
      }
    }
  }

  @Test
  void leavesALineForEachChangeAndNoEmailInIt() {
    try (TestGate gate = selling(UnaryOperator.identity())) {
      String billing = "{\"plan\":\"plus\",\"status\":\"active\",\"email\":\"kim@example.org\"}";
      assertThat(ask(gate, "PUT", "subscribers/kim", billing, Optional.empty()).statusCode())
          .isEqualTo(200);
      assertThat(
              ask(gate, "DELETE", "subscribers/kim@example.org", "", Optional.empty()).statusCode())
          .isEqualTo(200);
      assertThat(audit.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .contains(
              "PUT /admin/v1/subscribers/{name} kim: 200",
              "DELETE /admin/v1/subscribers/{name} (an e-mail): 200")
          .noneMatch(line -> line.contains("kim@"));
    }
  }

  @Test
  void saysThatThereIsNoStoreWhereNothingIsSold() {
    try (TestGate gate = TestGate.start()) {
      for (String read : READS) {
        HttpResponse<String> answer = ask(gate, "GET", read, "", Optional.empty());
        assertThat(answer.statusCode()).as(read).isEqualTo(409);
        assertThat(answer.body()).contains("no store");
      }
    }
  }

  private static TestGate selling(UnaryOperator<GateConfig> change) {
    List<PlanConfig> sold = List.of(PlanConfig.of(PlanTerms.of("plus")));
    return TestGate.start(
        UnaryOperator.identity(),
        config -> change.apply(config.withSignups(SignupConfig.none().withPlans(sold))));
  }

  private static HttpResponse<String> ask(
      TestGate gate, String method, String path, String body, Optional<String> token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + gate.frontend().adminAddress().getPort()
                        + "/admin/v1/"
                        + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    token.ifPresent(known -> request.header("authorization", "Bearer " + known));
    return TestGate.send(request.build());
  }
}
