package io.tidegate.http.config.upstream;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an upstream has to show over {@code https}. Its certificate is always verified.
 *
 * @param ca a file of certificates in PEM that are trusted in place of the system's
 * @param serverName the name it is asked for and has to prove; empty: the host of its address
 */
public record TlsConfig(Optional<Path> ca, Optional<String> serverName) {

  /** Trusts whom the Java runtime trusts, for the host of the address. */
  public static TlsConfig defaults() {
    return new TlsConfig(Optional.empty(), Optional.empty());
  }
}
