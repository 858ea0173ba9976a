package io.tidegate.http.signup.page;

import java.util.Locale;
import java.util.Optional;

/** The languages of the status page. */
enum PageLanguage {
  ENGLISH("en", Locale.ENGLISH),
  CHINESE("zh-CN", Locale.SIMPLIFIED_CHINESE);

  private static final int LONGEST_HEADER = 1_000;

  private final String tag;
  private final Locale locale;

  PageLanguage(String tag, Locale locale) {
    this.tag = tag;
    this.locale = locale;
  }

  /** As HTML and HTTP call it. */
  String tag() {
    return tag;
  }

  Locale locale() {
    return locale;
  }

  /**
   * The one that an {@code Accept-Language} prefers (RFC 9110, section 12.5.4): the highest weight,
   * of equal ones the first. English if it names neither, or cannot be read.
   */
  static PageLanguage of(Optional<String> accepted) {
    PageLanguage best = ENGLISH;
    double bestWeight = 0;
    String header = accepted.filter(value -> value.length() <= LONGEST_HEADER).orElse("");
    for (String range : header.split(",", -1)) {
      String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";", 2);
      Optional<PageLanguage> language = named(parts[0].strip());
      double weight = parts.length > 1 ? weight(parts[1].strip()) : 1;
      if (language.isPresent() && weight > bestWeight) {
        best = language.get();
        bestWeight = weight;
      }
    }
    return best;
  }

  private static Optional<PageLanguage> named(String range) {
    if (range.equals("zh") || range.startsWith("zh-")) {
      return Optional.of(CHINESE);
    }
    boolean english = range.equals("en") || range.startsWith("en-") || range.equals("*");
    return english ? Optional.of(ENGLISH) : Optional.empty();
  }

  private static double weight(String parameter) {
    try {
      double weight = parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 0;
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
