package io.tidegate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.config.ConfigChange;
import io.tidegate.http.config.ConfigException;
import io.tidegate.http.config.GateConfig;
import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.listen.TlsConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.loadtest.backend.BackendSettings;
import io.tidegate.loadtest.backend.ChatBackend;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changes while the gate runs. */
class ReloadTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TestGate gate;

  @BeforeEach
  void start() {
    gate = TestGate.start();
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  @Test
  void changesNothingWhereNothingHasChanged() throws Exception {
    ConfigChange change = gate.frontend().reload("test");
    assertThat(change.changed()).isEmpty();
    assertThat(change.needsRestart()).isEmpty();
  }

  @Test
  void putsANewLimitInForceAndSaysSo() throws Exception {
    assertThat(reload(config -> config.withLimit(LimitConfig.fixed(20).withReserve(3))).changed())
        .containsExactly("limit.seats: 40 -> 20", "limit.reserve: 12 -> 3");
    await().atMost(PATIENCE).until(() -> gate.metric("tidegate_limit_seats") == 20);
    assertThat(gate.metric("tidegate_reserve_seats")).isEqualTo(3);
  }

  @Test
  void knowsNewKeysAndForgetsOldOnes() throws Exception {
    assertThat(status("sk-brand-new")).isEqualTo(401);
    reload(
        config ->
            config.withIdentity(
                config
                    .identity()
                    .withApiKeys(List.of(ApiKeyConfig.ofKey("sk-brand-new", "nora", "plus")))));
    assertThat(status("sk-brand-new")).isEqualTo(200);
    assertThat(status(TestGate.PLUS)).isEqualTo(401);
  }

  @Test
  void sendsNewRequestsToNewUpstreamsAndFinishesOldOnes() throws Exception {
    try (ChatBackend other = ChatBackend.start(BackendSettings.defaults().withPort(0));
        RawClient running = stream()) {
      ConfigChange change =
          reload(
              config ->
                  config
                      .withUpstreams(List.of(UpstreamConfig.of("other", URI.create(other.url()))))
                      .withLimit(LimitConfig.fixed(1).withReserve(0)));
      assertThat(change.changed()).contains("upstreams[sim]: removed", "upstreams[other]: added");
      assertThat(running.readToEnd()).contains("[DONE]");
      assertThat(status(TestGate.PLUS)).isEqualTo(200);
      assertThat(other.stats().completed()).isEqualTo(1);
    }
    assertThat(gate.metric("tidegate_streams_cut_total")).isZero();
    assertThat(gate.metric("tidegate_completed_total", "served", "plus")).isEqualTo(2);
  }

  @Test
  void refusesABadOneAndKeepsTheLast() throws Exception {
    gate.reads(
        () -> {
          throw ConfigException.of("t.yaml", "limit.seats", "0 is out of range");
        });
    assertThatThrownBy(() -> gate.frontend().reload("test")).hasMessageContaining("limit.seats");
    assertThat(gate.metric("tidegate_config_reload_success")).isZero();
    assertThat(status(TestGate.PLUS)).isEqualTo(200);
    gate.reads(() -> GateConfig.defaults().withDataDir(Path.of("elsewhere")));
    gate.frontend().reload("test");
    assertThat(gate.metric("tidegate_config_reload_success")).isEqualTo(1);
  }

  @Test
  void namesWhatNeedsARestartAndLeavesItAlone() throws Exception {
    ConfigChange change =
        reload(
            config ->
                config
                    .withListen(config.listen().withPort(1234).withMaxConnections(77))
                    .withAdmin(config.admin().withToken("hush"))
                    .withDataDir(Path.of("elsewhere"))
                    .withTiers(
                        TierConfig.of(
                            List.of("plus", "free", "new", "gold"),
                            List.of("new", "free", "plus", "gold"),
                            List.of())));
    assertThat(change.changed()).containsExactly("listen.max_connections: 20000 -> 77");
    assertThat(change.needsRestart())
        .contains("listen.port: 0 -> 1234", "admin.token: none -> ***")
        .anyMatch(line -> line.matches("data_dir: .* -> elsewhere"))
        .anyMatch(line -> line.startsWith("shed_order: "));
    assertThat(status(TestGate.PLUS)).isEqualTo(200);
  }

  @Test
  void refusesAWholeReloadForABadCertificate(@TempDir Path folder) throws Exception {
    TestCertificate good = TestCertificate.make(folder, "EC");
    TlsConfig files = new TlsConfig(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    good.writeCertificate(files.certificate());
    good.writeKey(files.key());
    try (TestGate secured =
        TestGate.start(
            UnaryOperator.identity(),
            config -> config.withListen(config.listen().withTls(files)))) {
      TlsConfig bad = new TlsConfig(files.certificate(), folder.resolve("bad.pem"));
      Files.writeString(bad.key(), "nothing");
      GateConfig wanted = secured.config();
      secured.reads(
          () ->
              wanted
                  .withListen(wanted.listen().withTls(bad))
                  .withLimit(LimitConfig.fixed(7).withReserve(0)));
      assertThatThrownBy(() -> secured.frontend().reload("test"))
          .hasMessageContaining("listen.tls")
          .hasMessageContaining("bad.pem");
      assertThat(secured.metric("tidegate_limit_seats")).isEqualTo(40);
    }
  }

  @Test
  void keepsCountersAndSessions() throws Exception {
    assertThat(status(TestGate.PLUS)).isEqualTo(200);
    reload(config -> config.withLimit(LimitConfig.fixed(9).withReserve(0)));
    assertThat(gate.metric("tidegate_offered_total", "plus")).isEqualTo(1);
    assertThat(gate.metric("tidegate_open_sessions", "plus")).isEqualTo(1);
  }

  private ConfigChange reload(UnaryOperator<GateConfig> change) throws ConfigException {
    GateConfig wanted = change.apply(gate.config());
    gate.reads(() -> wanted);
    return gate.frontend().reload("test");
  }

  private int status(String key) {
    return gate.chat(key, TestGate.ask(1, false), Optional.empty()).statusCode();
  }

  private RawClient stream() {
    RawClient client = gate.connect();
    client.send(
        RawClient.chatRequest(
            TestGate.PLUS,
            TestGate.ask(200, true),
            "x-backend-script: token-ms=20, output-tokens=100\r\nConnection: close\r\n"));
    client.readUntil("t3\"");
    return client;
  }
}
