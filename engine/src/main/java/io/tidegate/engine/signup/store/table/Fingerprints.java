package io.tidegate.engine.signup.store.table;

import io.tidegate.engine.signup.Email;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns what is secret or a person's into something that can be looked for and not read back:
 * HMAC-SHA256 under the store's own secret, for each use in a different way.
 *
 * <p>Threading: safe for all.
 */
public final class Fingerprints {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  /** Fingerprints under that secret, of 32 bytes. */
  public Fingerprints(byte[] secret) {
    if (secret.length < 32) {
      throw new IllegalArgumentException("a secret has 32 bytes, not " + secret.length);
    }
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** What an e-mail is found by. */
  public String of(Email email) {
    return hex("email", email.folded());
  }

  /** What somebody is found by of whom no e-mail is known. */
  public String ofSubscriber(String id) {
    return hex("subscriber", id);
  }

  Optional<String> of(Optional<Email> email) {
    return email.map(this::of);
  }

  /** What a text is found by, in hexadecimal digits. */
  public String hex(String use, String text) {
    return HexFormat.of().formatHex(bytes(use, text));
  }

  /** The 32 bytes that only who knows the secret can make. */
  public byte[] bytes(String use, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(use.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
