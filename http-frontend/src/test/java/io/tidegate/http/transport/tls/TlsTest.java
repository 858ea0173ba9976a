package io.tidegate.http.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestCertificate;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.TlsConfig;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data port with TLS, as the JDK's own clients and hostile ones meet it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path folder;

  private TestCertificate certificate;
  private TestGate gate;

  @BeforeAll
  void start(@TempDir Path own) {
    folder = own;
    certificate = TestCertificate.make(folder, "EC");
    gate = gate(certificate, UnaryOperator.identity());
  }

  private TestGate gate(TestCertificate shown, UnaryOperator<Duration> head) {
    TlsConfig files = files(shown);
    return TestGate.start(
        UnaryOperator.identity(),
        config ->
            config
                .withListen(config.listen().withTls(files))
                .withTimeouts(
                    config
                        .timeouts()
                        .withRequest(
                            head.apply(config.timeouts().requestHead()),
                            config.timeouts().requestBody())));
  }

  private TlsConfig files(TestCertificate shown) {
    try {
      Path own = Files.createTempDirectory(folder, "pem");
      TlsConfig files = new TlsConfig(own.resolve("cert.pem"), own.resolve("key.pem"));
      shown.writeCertificate(files.certificate());
      shown.writeKey(files.key());
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void stop() {
    gate.close();
  }

  @AfterEach
  void nothingIsLeft() {
    await().atMost(PATIENCE).until(() -> gate.frontend().connections() == 0);
    assertThat(gate.frontend().inflightSeats()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void streamsToTheEnd(String protocol) throws Exception {
    SSLSocket socket = connect();
    socket.setEnabledProtocols(new String[] {protocol});
    try (RawClient client = RawClient.over(socket)) {
      client.send(chat(300, "Connection: close\r\n"));
      assertThat(client.readToEnd()).contains("HTTP/1.1 200 ", "t9\"", "[DONE]");
    }
    assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void answersSeveralRequestsOnOneConnection(String protocol) throws Exception {
    SSLSocket socket = connect();
    socket.setEnabledProtocols(new String[] {protocol});
    try (RawClient client = RawClient.over(socket)) {
      for (int i = 0; i < 3; i++) {
        client.send(models());
        assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void takesABodyOfManyRecords() throws Exception {
    String body = TestGate.ask(1, false).replace("tides", "x".repeat(1_000_000));
    try (RawClient client = RawClient.over(connect())) {
      client.send(RawClient.chatRequest(TestGate.PLUS, body, ""));
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
    assertThat(gate.lastRequest().toString()).contains(Integer.toString(body.length()));
  }

  @Test
  void tellsTheUpstreamThatTheClientCameByHttps() throws Exception {
    try (RawClient client = RawClient.over(connect())) {
      client.send(RawClient.chatRequest(TestGate.PLUS, TestGate.ask(1, false), ""));
      client.readAnswer();
    }
    assertThat(gate.lastRequest().toString().toLowerCase(Locale.ROOT))
        .contains("x-forwarded-proto")
        .contains("https");
  }

  /** Shown red by records that are opened only when they come in one piece. */
  @Test
  void readsRecordsThatComeByteByByte() throws Exception {
    Socket dribbling =
        new Socket() {
          @Override
          public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()); // writes byte by byte
          }
        };
    dribbling.setTcpNoDelay(true);
    dribbling.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.port()));
    Socket secured =
        TestCertificate.trusting(certificate)
            .getSocketFactory()
            .createSocket(dribbling, "localhost", gate.port(), true);
    try (RawClient client = RawClient.over(secured)) {
      client.send(models());
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  /** Shown red by a close that does not wait for the socket to ask for the alert. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
      })
  void refusesWeakCiphers(String suite) throws Exception {
    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThatThrownBy(socket::startHandshake)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("fatal alert: handshake_failure");
    }
  }

  @Test
  void speaksNothingOlderThanTls12() throws Exception {
    ServerTls tls = ServerTls.of(files(certificate));
    assertThat(tls.engine().getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
  }

  /** Shown red by a stage that lets the engine go on with a second handshake. */
  @Test
  void cutsOffAClientThatBeginsASecondHandshake() throws Exception {
    try (SSLSocket socket = connect()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      RawClient client = RawClient.over(socket);
      client.send(models());
      client.readAnswer();
      socket.startHandshake();
      assertThat(client.readToEnd()).isEmpty();
    } catch (SSLException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @Test
  void agreesOnHttp11AndNothingElse() throws Exception {
    try (SSLSocket socket = connect()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void closesOnPlainText() {
    try (RawClient client = gate.connect()) {
      client.send(models());
      assertThat(client.readToEnd()).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void closesOnGarbageAfterTheHandshake() throws Exception {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), gate.port());
    SSLSocket socket =
        (SSLSocket)
            TestCertificate.trusting(certificate)
                .getSocketFactory()
                .createSocket(plain, "localhost", gate.port(), true);
    socket.startHandshake();
    plain.getOutputStream().write("no record at all\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    plain.getOutputStream().flush();
    try (RawClient client = RawClient.over(plain)) {
      client.readToEnd();
    }
  }

  @Test
  void freesTheSeatOfAClientThatLeavesInTheMiddle() throws Exception {
    double before = gate.outcomes("client-gone");
    RawClient client = RawClient.over(connect());
    client.send(chat(2_000, "x-backend-script: token-ms=50\r\n"));
    client.readUntil("t3\"");
    client.close();
    await().atMost(PATIENCE).until(() -> gate.outcomes("client-gone") == before + 1);
  }

  @Test
  void closesAConnectionWhoseHandshakeNeverComes() {
    try (TestGate hasty = gate(certificate, head -> Duration.ofMillis(300));
        RawClient silent = hasty.connect();
        RawClient half = hasty.connect()) {
      half.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
      assertThat(silent.readToEnd()).isEmpty();
      assertThat(half.readToEnd()).isEmpty();
    }
  }

  @Test
  void answersWithAnyKindOfKey() throws Exception {
    TestCertificate rsa = TestCertificate.make(folder, "RSA");
    try (TestGate other = gate(rsa, UnaryOperator.identity());
        RawClient client = RawClient.over(connect(other, rsa))) {
      client.send(models());
      assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  private SSLSocket connect() throws IOException {
    return connect(gate, certificate);
  }

  private static SSLSocket connect(TestGate gate, TestCertificate trusted) throws IOException {
    return (SSLSocket)
        TestCertificate.trusting(trusted).getSocketFactory().createSocket("localhost", gate.port());
  }

  private static String models() {
    return "GET /v1/models HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer "
        + TestGate.PLUS
        + "\r\n\r\n";
  }

  private static String chat(int tokens, String headers) {
    return RawClient.chatRequest(TestGate.PLUS, TestGate.ask(tokens, true), headers);
  }
}
