package io.tidegate.http.config.upstream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A failure of an upstream after which a request may be sent to another one, although the first may
 * have begun to work on it.
 */
public enum RetryOn {
  /** The connection ended before an answer began. */
  DIED,
  /** No answer began in time. */
  LATE,
  /** It said that it had no room: 429 or 503. */
  BUSY,
  /** It answered with another status from 500 on. */
  ERROR;

  /** The word in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<RetryOn> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
