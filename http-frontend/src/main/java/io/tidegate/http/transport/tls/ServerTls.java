package io.tidegate.http.transport.tls;

import io.tidegate.http.config.listen.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS: the certificate in force, and a layer for each new connection.
 *
 * <p>TLS 1.3 and 1.2, the latter only with forward secrecy and authenticated encryption (RFC 9325,
 * section 4.2). A new certificate counts for new connections; old ones go on with theirs.
 *
 * <p>Threading: safe for all.
 */
public final class ServerTls {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final char[] NO_PASSWORD = {};

  /** What tells one state of both files from another. */
  private record Stamp(FileTime certificate, FileTime key) {}

  private record Loaded(SSLContext context, X509Certificate certificate) {}

  private volatile TlsConfig config;
  private volatile Loaded loaded;
  private Optional<Stamp> seen;

  private ServerTls(TlsConfig config) throws IOException {
    this.config = config;
    this.seen = stamp(config);
    this.loaded = load(config);
  }

  /**
   * Reads certificate and key.
   *
   * @throws IOException if they cannot be used; the message names the file and why
   */
  public static ServerTls of(TlsConfig config) throws IOException {
    return new ServerTls(config);
  }

  /**
   * Says whether certificate and key could be used.
   *
   * @throws IOException if not; the message names the file and why
   */
  public static void check(TlsConfig config) throws IOException {
    load(config);
  }

  /** TLS for one new connection: plain bytes above, a socket below. Materialize it once. */
  public BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> layer() {
    return BidiFlow.fromGraph(new TlsStage(engine()));
  }

  /** The certificate that new connections are shown. */
  public X509Certificate certificate() {
    return loaded.certificate();
  }

  /**
   * Takes other files, or the same ones anew, for new connections.
   *
   * @throws IOException if they cannot be used; then the last good ones stay
   */
  public synchronized void reload(TlsConfig newConfig) throws IOException {
    Optional<Stamp> stamp = stamp(newConfig);
    loaded = load(newConfig);
    config = newConfig;
    seen = stamp;
    LOG.info("certificate in force until {}", loaded.certificate().getNotAfter().toInstant());
  }

  /**
   * Takes the files anew if they have changed since they were last looked at. Files that cannot be
   * used, such as a new certificate whose key is still to come, change nothing.
   */
  public synchronized void reloadIfChanged() {
    Optional<Stamp> now = stamp(config);
    if (now.isEmpty() || now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      reload(config);
    } catch (IOException e) {
      LOG.warn("the certificate has changed and is not taken: {}", e.getMessage());
    }
  }

  SSLEngine engine() {
    SSLEngine engine = loaded.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(
        Stream.of(engine.getSupportedCipherSuites())
            .filter(ServerTls::isSound)
            .toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static boolean isSound(String suite) {
    boolean forwardSecret = suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_");
    return forwardSecret && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
  }

  private static Loaded load(TlsConfig config) throws IOException {
    List<Certificate> chain = PemFiles.certificates(config.certificate());
    PrivateKey key = PemFiles.key(config.key(), chain.get(0));
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("gate", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new Loaded(context, (X509Certificate) chain.get(0));
    } catch (GeneralSecurityException e) {
      throw new IOException(config.certificate() + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Stamp> stamp(TlsConfig config) {
    return modified(config.certificate())
        .flatMap(certificate -> modified(config.key()).map(key -> new Stamp(certificate, key)));
  }

  private static Optional<FileTime> modified(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
