package io.tidegate.http.upstream.address;

import io.tidegate.http.config.upstream.UpstreamConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * The gate's side of TLS towards one upstream: TLS 1.2 or 1.3, the certificate chained to one that
 * is trusted and made out to the name that was asked for (RFC 9110, section 4.3.4; RFC 6066,
 * section 3). There is no way to turn that off.
 *
 * <p>Threading: immutable, safe for all. Each connection needs an engine of its own.
 */
public final class TlsClient {

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;
  private final String serverName;
  private final int port;

  private TlsClient(SSLContext context, String serverName, int port) {
    this.context = context;
    this.serverName = serverName;
    this.port = port;
  }

  /**
   * What an upstream's configuration asks for.
   *
   * @throws IllegalStateException if the file of certificates cannot be used; the message names it
   */
  public static TlsClient of(UpstreamConfig config) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(config.tls().ca().isPresent() ? keys(config.tls().ca().get()) : null);
      context.init(null, trust.getTrustManagers(), null);
      return new TlsClient(context, config.tls().serverName().orElse(config.host()), config.port());
    } catch (GeneralSecurityException | IOException e) {
      String file = config.tls().ca().map(Path::toString).orElse("the system's certificates");
      throw new IllegalStateException(
          "upstream " + config.name() + ": cannot read certificates from " + file, e);
    }
  }

  /** The gate's side of one connection. */
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine(serverName, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (isName(serverName)) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Addresses are not asked for by name (RFC 6066, section 3). */
  private static boolean isName(String host) {
    return host.indexOf(':') < 0 && !host.matches("[0-9.]+");
  }

  private static KeyStore keys(Path file) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        keys.setCertificateEntry("ca-" + number++, one);
      }
      if (number == 0) {
        throw new IOException("no certificate in it");
      }
    }
    return keys;
  }
}
