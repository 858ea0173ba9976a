package io.tidegate.http.cli.operator;

import java.security.SecureRandom;
import java.util.Base64;

/** Text that cannot be guessed. */
public final class RandomText {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomText() {}

  /** Letters, digits, hyphens and underscores, with six random bits in each. */
  public static String of(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, length);
  }
}
