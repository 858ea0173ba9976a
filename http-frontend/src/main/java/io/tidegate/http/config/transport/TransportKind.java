package io.tidegate.http.config.transport;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who drives the sockets of clients. */
public enum TransportKind {
  /** Loops of the gate's own, a thread for each core. */
  LOOP,
  /** Pekko's TCP. */
  STOCK;

  /** The word in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind that a word names; empty if it names none. */
  public static Optional<TransportKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findAny();
  }

  static String words() {
    return Arrays.stream(values())
        .map(kind -> "`" + kind.word() + "`")
        .collect(Collectors.joining(", "));
  }
}
