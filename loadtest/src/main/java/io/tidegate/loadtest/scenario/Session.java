package io.tidegate.loadtest.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a virtual user knows: attributes by name, its number, and a source of randomness of its own.
 *
 * <p>Attributes are immutable, changes give a new session, as in Gatling. The random source is
 * shared by all sessions of one user and seeded with the run's seed and the user's number, so that
 * what users do does not depend on the order in which they are served.
 */
public final class Session {

  private final long userNumber;
  private final SplittableRandom random;
  private final Map<String, Object> attributes;

  private Session(long userNumber, SplittableRandom random, Map<String, Object> attributes) {
    this.userNumber = userNumber;
    this.random = random;
    this.attributes = attributes;
  }

  /** The session of a user who has done nothing yet. */
  public static Session of(long userNumber, long seed) {
    return new Session(
        userNumber, new SplittableRandom(seed * 31 + userNumber * 0x9e3779b97f4a7c15L), Map.of());
  }

  /** Counted over the whole run, from 0. */
  public long userNumber() {
    return userNumber;
  }

  /** Randomness of this user's own. */
  public SplittableRandom random() {
    return random;
  }

  public Session set(String name, Object value) {
    return setAll(Map.of(name, value));
  }

  public Session setAll(Map<String, ?> values) {
    Map<String, Object> changed = new HashMap<>(attributes);
    changed.putAll(values);
    return new Session(userNumber, random, changed);
  }

  public Optional<Object> find(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * An attribute that must be there.
   *
   * @throws IllegalStateException if it is not
   */
  public String getString(String name) {
    return find(name)
        .map(Object::toString)
        .orElseThrow(() -> new IllegalStateException("no attribute `" + name + "` in the session"));
  }

  /**
   * An attribute that must be there and a whole number.
   *
   * @throws IllegalStateException if it is not
   */
  public int getInt(String name) {
    String text = getString(name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("attribute `" + name + "` is no number: " + text, e);
    }
  }

  /** A text in which each <code>#{name}</code> stands for an attribute. */
  public String fill(String text) {
    int begin = text.indexOf("#{");
    if (begin < 0) {
      return text;
    }
    int end = text.indexOf('}', begin);
    if (end < 0) {
      return text;
    }
    return text.substring(0, begin)
        + getString(text.substring(begin + 2, end))
        + fill(text.substring(end + 1));
  }
}
