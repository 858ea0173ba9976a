package io.tidegate.engine.signup.desk.secret;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Names that nobody guesses: 128 random bits behind a word that says what it is, and the time.
 * Names made one after the other stand together in an index, so that a new one does not change a
 * page of its own.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  // Of milliseconds, until the year 2527.
  private static final int TIME_DIGITS = 11;

  private Ids() {}

  /** A new name, as {@code wle_19ab3f00c01kD3r...}: 34 characters and the word's. */
  public static String next(String word, long nowMillis) {
    return word + "_" + HexFormat.of().toHexDigits(nowMillis, TIME_DIGITS) + random(BYTES);
  }

  /** So many random bytes as text that needs no escaping anywhere. */
  public static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
