package io.tidegate.http.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.http.RawClient;
import io.tidegate.http.TestCertificate;
import io.tidegate.http.TestGate;
import io.tidegate.http.config.listen.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is renewed while the gate runs. */
class RotationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path chain;
  private Path key;
  private TestCertificate old;
  private TestCertificate renewed;

  @BeforeEach
  void write() {
    chain = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    old = TestCertificate.make(folder, "EC");
    renewed = TestCertificate.make(folder, "EC");
    old.writeCertificate(chain);
    old.writeKey(key);
  }

  /** Shown red by a gate that reads its certificate once. */
  @Test
  void showsTheNewOneToNewConnectionsAndGoesOnWithTheOld() throws Exception {
    try (TestGate gate =
            TestGate.start(
                UnaryOperator.identity(),
                config -> config.withListen(config.listen().withTls(new TlsConfig(chain, key))));
        RawClient running = RawClient.over(connect(gate))) {
      running.send(
          RawClient.chatRequest(
              TestGate.PLUS,
              TestGate.ask(400, true),
              "x-backend-script: token-ms=50, output-tokens=300\r\nConnection: close\r\n"));
      running.readUntil("t3\"");
      renewed.writeCertificate(chain);
      renewed.writeKey(key);
      await().atMost(PATIENCE).until(() -> shows(gate, renewed));
      assertThat(running.readToEnd()).contains("[DONE]");
    }
  }

  @Test
  void keepsTheLastGoodOneUntilItsSuccessorIsWhole() throws Exception {
    ServerTls tls = ServerTls.of(new TlsConfig(chain, key));
    renewed.writeCertificate(chain);
    touch(chain, 1);
    tls.reloadIfChanged();
    assertThat(tls.certificate()).isEqualTo(old.certificate());
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----\n");
    touch(key, 2);
    tls.reloadIfChanged();
    assertThat(tls.certificate()).isEqualTo(old.certificate());
    Files.delete(key);
    tls.reloadIfChanged();
    assertThat(tls.certificate()).isEqualTo(old.certificate());
    renewed.writeKey(key);
    touch(key, 3);
    tls.reloadIfChanged();
    assertThat(tls.certificate()).isEqualTo(renewed.certificate());
  }

  /** The file system's clock may be too coarse to tell two writes apart. */
  private static void touch(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private boolean shows(TestGate gate, TestCertificate expected) throws IOException {
    try (SSLSocket socket = connect(gate)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0].equals(expected.certificate());
    }
  }

  private SSLSocket connect(TestGate gate) throws IOException {
    SSLContext trusting = TestCertificate.trusting(old, renewed);
    return (SSLSocket) trusting.getSocketFactory().createSocket("localhost", gate.port());
  }
}
