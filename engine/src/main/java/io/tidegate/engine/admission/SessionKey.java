package io.tidegate.engine.admission;

import java.util.Objects;

/**
 * Which session is meant: one subscriber's, under the name that the client gives it. Made once by
 * whoever asks, so that looking a session up makes no garbage. Immutable.
 *
 * <p>Keys have an order, so that a client whose names all have the same hash does not make a map
 * slow.
 */
public final class SessionKey implements Comparable<SessionKey> {
  private final String subscriber;
  private final String name;
  private final int hash;

  /**
   * A key.
   *
   * @param subscriber the subscriber's id
   * @param name the client's own name for the session; empty for subscribers who have just one
   */
  public SessionKey(String subscriber, String name) {
    this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
    this.name = Objects.requireNonNull(name, "name");
    this.hash = 31 * subscriber.hashCode() + name.hashCode();
  }

  /** The id of whose session it is. */
  public String subscriber() {
    return subscriber;
  }

  /** What the client calls it. */
  public String name() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionKey that
        && hash == that.hash
        && subscriber.equals(that.subscriber)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(SessionKey other) {
    int bySubscriber = subscriber.compareTo(other.subscriber);
    return bySubscriber != 0 ? bySubscriber : name.compareTo(other.name);
  }

  /** Without the names, which are the subscriber's own. */
  @Override
  public String toString() {
    return "SessionKey[" + Integer.toHexString(hash) + "]";
  }
}
