package io.tidegate.engine.signup.desk.secret;

import io.tidegate.engine.signup.ApiKey;
import io.tidegate.engine.signup.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of the store in memory, so that a request of the data port is never kept waiting by it,
 * and is served also while the store is down.
 *
 * <p>Threading: looked at by all, changed by the writer. A change is seen by every look that begins
 * after it.
 */
public final class KeyBook {

  /**
   * Who shows a key.
   *
   * @param keyId which key
   * @param subscription whose; empty: the operator's own sign-up service
   */
  public record Holder(String keyId, Optional<Subscription> subscription) {}

  private record Known(String keyId, Optional<String> subscriberId) {}

  private final Map<String, Known> keys = new ConcurrentHashMap<>();
  private final Map<String, Subscription> subscribers = new ConcurrentHashMap<>();

  /** Whose key that is; empty if it is none, was revoked, or its subscriber is not served now. */
  public Optional<Holder> find(String hash) {
    Known known = keys.get(hash);
    if (known == null) {
      return Optional.empty();
    }
    if (known.subscriberId().isEmpty()) {
      return Optional.of(new Holder(known.keyId(), Optional.empty()));
    }
    return Optional.ofNullable(subscribers.get(known.subscriberId().get()))
        .filter(Subscription::active)
        .map(subscription -> new Holder(known.keyId(), Optional.of(subscription)));
  }

  /** How many keys work. */
  public int size() {
    return keys.size();
  }

  /** A key works from now on. */
  public void add(ApiKey key) {
    keys.put(key.hash(), new Known(key.id(), key.subscriberId()));
  }

  /** A key works no more. */
  public void remove(String hash) {
    keys.remove(hash);
  }

  /** What is known of a subscriber from now on. */
  public void put(Subscription subscription) {
    subscribers.put(subscription.id(), subscription);
  }

  /** Nothing is known of a subscriber any more. */
  public void forget(String subscriber) {
    subscribers.remove(subscriber);
    keys.values().removeIf(key -> key.subscriberId().filter(subscriber::equals).isPresent());
  }
}
