package io.tidegate.http.proxy.asked;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of names, in which an asterisk stands for anything. */
final class Globs {
  private Globs() {}

  /** Whether a name fits as a whole. */
  static Predicate<String> matching(String glob) {
    return Pattern.compile(
            Arrays.stream(glob.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.DOTALL)
        .asMatchPredicate();
  }
}
