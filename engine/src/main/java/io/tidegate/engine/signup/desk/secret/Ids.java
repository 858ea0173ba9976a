package io.tidegate.engine.signup.desk.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that nobody guesses: 128 random bits behind a word that says what it is. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private Ids() {}

  /** A new name, as {@code wle_kD3r...}; at most 40 characters with a word of up to 17. */
  public static String next(String word) {
    return word + "_" + random(BYTES);
  }

  /** So many random bytes as text that needs no escaping anywhere. */
  public static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
