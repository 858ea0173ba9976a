package io.tidegate.http.config.admission.limit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the limit of seats comes from. */
public enum LimitMode {
  /** Found by the gate from what streams show. */
  ADAPTIVE,
  /** A number the operator knows. */
  FIXED,
  /** Computed and shown, but not enforced. */
  SHADOW;

  /** The word in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<LimitMode> find(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findAny();
  }

  static String words() {
    return Arrays.stream(values())
        .map(mode -> "`" + mode.word() + "`")
        .collect(Collectors.joining(", "));
  }
}
