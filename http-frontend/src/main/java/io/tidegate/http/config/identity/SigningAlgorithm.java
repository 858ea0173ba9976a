package io.tidegate.http.config.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** How tokens are signed (RFC 7518, section 3.1); one is configured, and no token chooses. */
public enum SigningAlgorithm {
  RS256("RSA", 2_048),
  RS384("RSA", 2_048),
  RS512("RSA", 2_048),
  PS256("RSA", 2_048),
  PS384("RSA", 2_048),
  PS512("RSA", 2_048),
  ES256("EC", 256),
  ES384("EC", 384),
  ES512("EC", 521),
  HS256("", 256),
  HS384("", 384),
  HS512("", 512);

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----(.*)-----END PUBLIC KEY-----\\s*", Pattern.DOTALL);

  /** Empty for a secret that both sides know. */
  private final String family;

  /** Of a key: exactly so many for a curve, else at least. */
  private final int bits;

  SigningAlgorithm(String family, int bits) {
    this.family = family;
    this.bits = bits;
  }

  /** Whether whoever can check a token could have made it, too. */
  public boolean isSymmetric() {
    return family.isEmpty();
  }

  /**
   * Reads the key that tokens are checked with: a public one in PEM, or a secret as it is.
   *
   * @throws IllegalArgumentException in words that follow the name of the field; they show nothing
   *     of the key
   */
  public Key parseKey(String text) {
    return isSymmetric() ? secret(text) : publicKey(text);
  }

  private Key secret(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length * Byte.SIZE < bits) {
      throw new IllegalArgumentException(
          "is too short for %s, which needs %d bytes".formatted(this, bits / Byte.SIZE));
    }
    return new SecretKeySpec(bytes, "HMAC");
  }

  private Key publicKey(String text) {
    Matcher pem = PEM.matcher(text);
    if (!pem.matches()) {
      throw new IllegalArgumentException(
          "is no public key in PEM, which begins with -----BEGIN PUBLIC KEY-----");
    }
    PublicKey key;
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      key = KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is no public %s key, which %s needs".formatted(family, this), e);
    }
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < bits) {
      throw new IllegalArgumentException("is shorter than %d bits".formatted(bits));
    }
    if (key instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField().getFieldSize() != bits) {
      throw new IllegalArgumentException(
          "is of another curve than %s needs, which has %d bits".formatted(this, bits));
    }
    return key;
  }
}
