package io.tidegate.http.config.admission;

import java.time.Duration;
import java.util.List;

/**
 * What holds a subscriber's requests together.
 *
 * @param idleTimeout a session without a request for so long is closed, 1 s to 24 h
 * @param maxOpen how many sessions may be open at once, of all tiers, 1 to 100000000
 * @param keys where its name is looked for; the first that is present counts, and none present
 *     means the subscriber's only session
 */
public record SessionConfig(Duration idleTimeout, int maxOpen, List<NameSource> keys) {

  /** In which part of a request a name is looked for. */
  public enum Place {
    HEADER("header"),
    BODY("body");

    private final String word;

    Place(String word) {
      this.word = word;
    }
  }

  /**
   * Where one name is looked for.
   *
   * @param name a header, in lower case, or a member of the body's JSON
   */
  public record NameSource(Place place, String name) {

    /** As the configuration writes it, such as {@code header:x-session-id}. */
    @Override
    public String toString() {
      return place.word + ":" + name;
    }
  }

  private static final int DEFAULT_MAX_OPEN = 2_000_000;

  public SessionConfig {
    Allowed.check(
        "sessions.idle_timeout", idleTimeout, Allowed.SHORTEST_SESSION, Allowed.LONGEST_SESSION);
    Allowed.MAX_OPEN.check("sessions.max_open", maxOpen);
    keys = List.copyOf(keys);
  }

  /** The same with names from elsewhere. */
  public SessionConfig withKeys(List<NameSource> others) {
    return new SessionConfig(idleTimeout, maxOpen, others);
  }

  /** Ten minutes, and the names that the usual clients give. */
  public static SessionConfig defaults() {
    return new SessionConfig(
        Duration.ofMinutes(10),
        DEFAULT_MAX_OPEN,
        List.of(
            new NameSource(Place.HEADER, "x-session-id"),
            new NameSource(Place.BODY, "conversation"),
            new NameSource(Place.BODY, "prompt_cache_key")));
  }
}
