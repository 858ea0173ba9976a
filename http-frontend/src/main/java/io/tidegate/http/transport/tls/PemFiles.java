package io.tidegate.http.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate chain and its private key, in the text form that certificate authorities give. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");
  private static final long LARGEST_FILE_BYTES = 1_048_576;

  /** How a key of each kind signs, to find out whether it belongs to its certificate. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private PemFiles() {}

  /**
   * Reads the certificates of a file, the server's own first.
   *
   * @throws IOException if there are none; the message names the file
   */
  static List<Certificate> certificates(Path file) throws IOException {
    try {
      List<Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(read(file))));
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException e) {
      throw new IOException(file + ": is not a certificate in PEM form", e);
    }
    throw new IOException(file + ": holds no certificate");
  }

  /**
   * Reads the private key of a certificate.
   *
   * @throws IOException if there is none, it is encrypted, or it is another certificate's; no
   *     message shows any of it
   */
  static PrivateKey key(Path file, Certificate certificate) throws IOException {
    Matcher pem = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IOException(file + ": holds no private key in PEM form");
    }
    if (!pem.group(1).equals("PRIVATE KEY")) {
      throw new IOException(
          "%s: is a `%s`, allowed is `PRIVATE KEY`; `openssl pkcs8 -topk8 -nocrypt -in %s` makes one"
              .formatted(file, pem.group(1), file.getFileName()));
    }
    String algorithm = certificate.getPublicKey().getAlgorithm();
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2))));
      if (belongs(key, certificate)) {
        return key;
      }
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new IOException(file + ": is not a key of the certificate's kind, " + algorithm);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": " + e.getMessage());
    }
    throw new IOException(file + ": is not the key of the certificate");
  }

  private static boolean belongs(PrivateKey key, Certificate certificate)
      throws GeneralSecurityException {
    String kind = SIGNATURES.get(certificate.getPublicKey().getAlgorithm());
    if (kind == null) {
      return true; // the handshake will say
    }
    byte[] text = "whose".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance(kind);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(text);
    return signature.verify(signed);
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": there is no such file, or it cannot be read");
    }
    if (Files.size(file) > LARGEST_FILE_BYTES) {
      throw new IOException(file + ": is larger than " + LARGEST_FILE_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
