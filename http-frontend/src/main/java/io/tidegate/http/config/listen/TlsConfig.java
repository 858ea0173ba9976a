package io.tidegate.http.config.listen;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The data port's certificate. The files are read when the gate starts, and anew when they change.
 *
 * @param certificate a file with the certificate and those that lead to its authority, PEM
 * @param key a file with the certificate's private key, PEM (PKCS #8), not encrypted
 */
public record TlsConfig(Path certificate, Path key) {

  public TlsConfig {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }
}
