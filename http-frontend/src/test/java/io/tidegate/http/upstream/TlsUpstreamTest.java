package io.tidegate.http.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.TestGate;
import io.tidegate.http.config.upstream.TlsConfig;
import io.tidegate.http.config.upstream.UpstreamConfig;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams over https: whom the gate believes, and what it says where it does not. */
class TlsUpstreamTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final StubUpstream.Behaviour GOOD = StubUpstream.answers(200, "", "{\"ok\":1}");

  @TempDir private Path directory;
  private final List<String> namesAsked = new CopyOnWriteArrayList<>();

  @Test
  void speaksToAnUpstreamWhoseCertificateIsTrustedAndFits() throws Exception {
    TestCertificate certificate = TestCertificate.of(directory, "dns:localhost,ip:127.0.0.1");
    try (StubUpstream upstream = StubUpstream.start(certificate.sockets(), this::noteName);
        TestGate gate = gate(upstream, "localhost", trusting(certificate.pem()))) {
      for (int i = 0; i < 3; i++) {
        assertThat(chat(gate).statusCode()).isEqualTo(200);
      }
      assertThat(namesAsked).containsOnly("localhost");
    }
    try (StubUpstream upstream = StubUpstream.start(certificate.sockets(), GOOD);
        TestGate gate = gate(upstream, "127.0.0.1", trusting(certificate.pem()))) {
      assertThat(chat(gate).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void asksForTheConfiguredNameAndBelievesThatOne() throws Exception {
    TestCertificate certificate = TestCertificate.of(directory, "dns:llm.internal");
    TlsConfig tls = new TlsConfig(Optional.of(certificate.pem()), Optional.of("llm.internal"));
    try (StubUpstream upstream = StubUpstream.start(certificate.sockets(), this::noteName);
        TestGate gate = gate(upstream, "127.0.0.1", tls)) {
      assertThat(chat(gate).statusCode()).isEqualTo(200);
      assertThat(namesAsked).containsOnly("llm.internal");
    }
  }

  @Test
  void sendsNothingToAnUpstreamWhoseCertificateIsForAnotherName() throws Exception {
    TestCertificate certificate = TestCertificate.of(directory, "dns:other.example");
    assertRefused(certificate, trusting(certificate.pem()), "localhost");
  }

  @Test
  void sendsNothingToAnUpstreamWhoseCertificateNobodyTrusts() throws Exception {
    TestCertificate certificate = TestCertificate.of(directory, "dns:localhost");
    assertRefused(certificate, TlsConfig.defaults(), "path");
  }

  @Test
  void sendsNothingToAnUpstreamThatSpeaksNoTls() throws Exception {
    try (StubUpstream upstream = StubUpstream.start(GOOD);
        TestGate gate = gate(upstream, "localhost", TlsConfig.defaults(), Duration.ofSeconds(1))) {
      awaitDown(gate);
      assertThat(chat(gate).statusCode()).isEqualTo(503);
      assertThat(upstream.requests()).isZero();
    }
  }

  @Test
  void doesNotStartWithAFileThatHoldsNoCertificate() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");
    try (StubUpstream upstream = StubUpstream.start(GOOD)) {
      assertThatThrownBy(() -> gate(upstream, "localhost", trusting(empty)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("upstream secure: cannot read certificates from " + empty);
    }
  }

  private void assertRefused(TestCertificate certificate, TlsConfig tls, String said)
      throws Exception {
    try (StubUpstream upstream = StubUpstream.start(certificate.sockets(), GOOD);
        TestGate gate = gate(upstream, "localhost", tls)) {
      awaitDown(gate);
      HttpResponse<String> answer = chat(gate);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"no_upstream\"").doesNotContain("certificate");
      assertThat(gate.admin("/admin/v1/status").body().lines())
          .anyMatch(line -> line.contains("\"trouble\"") && line.contains(said));
      assertThat(upstream.requests()).isZero();
    }
  }

  private static void awaitDown(TestGate gate) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(gate.metric("tidegate_upstream_healthy", "secure")).isZero());
  }

  private void noteName(Socket connection, java.io.OutputStream out, String target)
      throws Exception {
    ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) connection).getSession();
    session
        .getRequestedServerNames()
        .forEach(name -> namesAsked.add(((SNIHostName) name).getAsciiName()));
    GOOD.answer(connection, out, target);
  }

  private static TlsConfig trusting(Path pem) {
    return new TlsConfig(Optional.of(pem), Optional.empty());
  }

  private static TestGate gate(StubUpstream upstream, String host, TlsConfig tls) {
    return gate(upstream, host, tls, PATIENCE.dividedBy(2));
  }

  private static TestGate gate(
      StubUpstream upstream, String host, TlsConfig tls, Duration connect) {
    URI url = URI.create("https://" + host + ":" + upstream.port());
    return TestGate.start(
        UnaryOperator.identity(),
        config ->
            config
                .withTimeouts(config.timeouts().withConnect(connect))
                .withUpstreams(List.of(UpstreamConfig.of("secure", url).withTls(tls))));
  }

  private static HttpResponse<String> chat(TestGate gate) {
    return gate.chat(TestGate.PLUS, "{}", Optional.empty());
  }
}
