package io.tidegate.http.transport.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.http.TestCertificate;
import io.tidegate.http.config.listen.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFilesTest {

  @TempDir Path folder;
  private Path chain;
  private Path key;

  @BeforeEach
  void write() {
    chain = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    TestCertificate certificate = TestCertificate.make(folder, "EC");
    certificate.writeCertificate(chain);
    certificate.writeKey(key);
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() {
    TestCertificate.make(folder, "EC").writeKey(key);
    refuses("key.pem: is not the key of the certificate");
  }

  @Test
  void refusesAKeyOfAnotherKind() {
    TestCertificate.make(folder, "RSA").writeKey(key);
    refuses("key.pem: is not a key of the certificate's kind, EC");
  }

  @Test
  void tellsHowToConvertAKeyOfAnOlderForm() throws Exception {
    Files.writeString(
        key, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    refuses("allowed is `PRIVATE KEY`; `openssl pkcs8 -topk8 -nocrypt -in key.pem` makes one");
  }

  @Test
  void namesAFileThatIsMissingOrHoldsSomethingElse() throws Exception {
    Files.writeString(key, "hush");
    refuses("key.pem: holds no private key in PEM form");
    Files.writeString(chain, "");
    refuses("cert.pem: holds no certificate");
    Files.writeString(chain, "hush");
    refuses("cert.pem: is not a certificate in PEM form");
    Files.delete(chain);
    refuses("cert.pem: there is no such file, or it cannot be read");
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> ServerTls.check(new TlsConfig(chain, key)))
        .hasMessageEndingWith(message)
        .hasMessageNotContaining("hush");
  }
}
