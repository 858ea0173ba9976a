package io.tidegate.engine.signup;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address that a mail could reach, as it was given. Two that differ in upper and lower
 * case only are one person's.
 *
 * @param address at most 254 characters, as RFC 5321 allows in a path
 */
public record Email(String address) {

  /** The longest address that a mail server must take. */
  public static final int MAX_LENGTH = 254;

  // Only what makes it no address at all; whether it is somebody's, the operator's mail finds out.
  private static final Pattern SHAPE =
      Pattern.compile("[^\\s@\\p{Cntrl}<>\"]{1,64}@[^\\s@\\p{Cntrl}<>\"]{1,189}");

  /**
   * An address.
   *
   * @throws IllegalArgumentException if it is none; the message is for people
   */
  public Email {
    if (address.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an e-mail address has at most %d characters, not %d"
              .formatted(MAX_LENGTH, address.length()));
    }
    if (!SHAPE.matcher(address).matches()) {
      throw new IllegalArgumentException("this is not an e-mail address: NAME@DOMAIN is expected");
    }
  }

  /** What is equal for all ways of writing the same address. */
  public String folded() {
    return address.toLowerCase(Locale.ROOT);
  }
}
