package io.tidegate.http.identity;

import static io.tidegate.http.identity.TokenMaker.AUDIENCE;
import static io.tidegate.http.identity.TokenMaker.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.TestGate;
import io.tidegate.http.config.identity.JwtConfig;
import io.tidegate.http.config.identity.JwtConfig.Keys;
import io.tidegate.http.config.identity.SigningAlgorithm;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gate that believes the tokens of an identity server, over real sockets. */
class PublishedKeysTest {

  private static final TokenMaker FIRST = TokenMaker.withKey("first");
  private static final TokenMaker SECOND = TokenMaker.withKey("second");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private IdentityServer server;

  @BeforeEach
  void startServer() {
    server = IdentityServer.start().publish(FIRST);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private TestGate gate(Duration refresh) {
    JwtConfig jwt =
        new JwtConfig(
            new Keys.Server(server.url(), refresh),
            SigningAlgorithm.RS256,
            ISSUER,
            AUDIENCE,
            JwtConfig.USUAL_CLAIMS,
            Optional.empty(),
            Duration.ZERO);
    return TestGate.start(
        UnaryOperator.identity(), config -> config.withIdentity(config.identity().withJwt(jwt)));
  }

  private static HttpResponse<String> chat(TestGate gate, String key) {
    return gate.chat(key, TestGate.ask(2, false), Optional.empty());
  }

  private static void awaitStatus(TestGate gate, String token, int status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(chat(gate, token).statusCode()).isEqualTo(status));
  }

  @Test
  void admitsTheBearerOfATokenInItsTier() {
    try (TestGate gate = gate(Duration.ofMinutes(5))) {
      awaitStatus(gate, FIRST.token(), 200);
      HttpResponse<String> answer = chat(gate, FIRST.token());
      assertThat(answer.headers().firstValue("x-tidegate-tier")).contains("free");
      assertThat(chat(gate, TestGate.PLUS).statusCode()).as("keys are good, too").isEqualTo(200);
      assertThat(chat(gate, "nobody").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void saysThatItCannotTellWhileTheServerWasNeverThere() {
    server.stop();
    try (TestGate gate = gate(Duration.ofSeconds(1))) {
      HttpResponse<String> answer = chat(gate, FIRST.token());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("x-tidegate-reason")).contains("identity-unavailable");
      assertThat(answer.headers().firstValue("x-should-retry")).contains("true");
      assertThat(answer.headers().firstValue("retry-after")).contains("2");
      assertThat(chat(gate, TestGate.PLUS).statusCode()).isEqualTo(200);
      assertThat(chat(gate, "nobody").statusCode()).isEqualTo(401);
      server.run();
      awaitStatus(gate, FIRST.token(), 200);
    }
  }

  /** Shown red by keys that are dropped when they cannot be fetched anew. */
  @Test
  void goesOnWhileTheServerIsDown() {
    try (TestGate gate = gate(Duration.ofSeconds(1))) {
      awaitStatus(gate, FIRST.token(), 200);
      server.stop();
      // One by a key that nobody knows tells when the gate has noticed.
      awaitStatus(gate, SECOND.token(), 503);
      String seen = FIRST.token();
      assertThat(chat(gate, seen).statusCode()).isEqualTo(200);
      assertThat(chat(gate, seen).statusCode()).isEqualTo(200);
      server.run();
      awaitStatus(gate, SECOND.token(), 401);
    }
  }

  @Test
  void goesOnWhileTheServerSendsNoKeys() {
    try (TestGate gate = gate(Duration.ofSeconds(1))) {
      for (String answer : new String[] {"", "{\"keys\":[]}", "<html>", " ".repeat(2 << 20)}) {
        server.publish(FIRST);
        awaitStatus(gate, SECOND.token(), 401);
        server.publish(answer);
        awaitStatus(gate, SECOND.token(), 503);
        assertThat(chat(gate, FIRST.token()).statusCode()).isEqualTo(200);
      }
    }
  }

  /** Shown red by a cache that outlives the keys it was filled by. */
  @Test
  void takesANewKeyAsSoonAsATokenNamesItAndForgetsTheOld() {
    try (TestGate gate = gate(Duration.ofSeconds(5))) {
      String old = FIRST.token();
      awaitStatus(gate, old, 200);
      server.publish(SECOND);
      awaitStatus(gate, SECOND.token(), 200);
      assertThat(chat(gate, old).statusCode()).isEqualTo(401);
    }
  }

  /** Shown red by a fetch for each unknown key. */
  @Test
  void letsNobodyMakeItAskOften() {
    try (TestGate gate = gate(Duration.ofMinutes(5))) {
      awaitStatus(gate, FIRST.token(), 200);
      int before = server.asked();
      for (int i = 0; i < 200; i++) {
        assertThat(chat(gate, TokenMaker.like(FIRST, "unknown-" + i)).statusCode()).isIn(401, 503);
      }
      assertThat(server.asked() - before).isLessThan(20);
    }
  }
}
