package io.tidegate.http.config.admission;

import io.tidegate.http.config.admission.SessionConfig.NameSource;
import io.tidegate.http.config.admission.SessionConfig.Place;
import io.tidegate.http.config.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what holds a subscriber's requests together. */
public final class SessionReader {

  private static final Pattern KEY =
      Pattern.compile("(header):([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})|(body):(\\S{1,64})");
  private static final int MOST_KEYS = 8;

  private SessionReader() {}

  /** Reads the section; what is wrong is reported and replaced by its default. */
  public static SessionConfig read(Section section) {
    SessionConfig defaults = SessionConfig.defaults();
    return new SessionConfig(
        section
            .duration("idle_timeout", Allowed.SHORTEST_SESSION, Allowed.LONGEST_SESSION)
            .orElse(defaults.idleTimeout()),
        (int) section.integer("max_open", Allowed.MAX_OPEN).orElse(defaults.maxOpen()),
        section.words("key").map(words -> keys(section, words)).orElse(defaults.keys()));
  }

  private static List<NameSource> keys(Section section, List<String> words) {
    List<NameSource> keys = new ArrayList<>();
    for (String word : words) {
      Optional<NameSource> key = key(word);
      if (key.isEmpty()) {
        section.report("key", "`" + word + "` has not the form header:NAME or body:NAME");
      }
      key.ifPresent(keys::add);
    }
    if (keys.size() > MOST_KEYS) {
      section.report("key", keys.size() + " are too many, allowed 0 to " + MOST_KEYS);
      return List.of();
    }
    return keys;
  }

  private static Optional<NameSource> key(String word) {
    Matcher matcher = KEY.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        matcher.group(1) != null
            ? new NameSource(Place.HEADER, matcher.group(2).toLowerCase(Locale.ROOT))
            : new NameSource(Place.BODY, matcher.group(4)));
  }
}
