package io.tidegate.http.identity;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.http.config.identity.key.Sha256;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tokens that were found good, by their digests, until they expire; a bounded number of them.
 *
 * <p>They are kept in a young and an old half. When the young one is full the old one is forgotten
 * as a whole, and what was asked for meanwhile had moved to the young one: whoever comes often
 * stays, and nobody keeps a list.
 *
 * <p>Threading: safe for all, without a lock. Two who find the young half full at once may let it
 * grow by as many entries as there are threads.
 */
final class SeenTokens {

  private record Seen(Subscriber subscriber, long untilEpochMillis) {}

  private record Halves(ConcurrentMap<Sha256, Seen> young, ConcurrentMap<Sha256, Seen> old) {

    static Halves of(ConcurrentMap<Sha256, Seen> old) {
      return new Halves(new ConcurrentHashMap<>(), old);
    }
  }

  private final AtomicReference<Halves> halves =
      new AtomicReference<>(Halves.of(new ConcurrentHashMap<>()));
  private final int most;

  /**
   * No tokens yet.
   *
   * @param most how many are kept, at least 2
   */
  SeenTokens(int most) {
    this.most = most;
  }

  /** Whose token it is, if it was seen and has not expired. */
  Optional<Subscriber> find(Sha256 digest, long nowEpochMillis) {
    Halves now = halves.get();
    Seen seen = now.young().get(digest);
    if (seen == null) {
      seen = now.old().get(digest);
      if (seen == null) {
        return Optional.empty();
      }
      put(digest, seen);
    }
    return nowEpochMillis < seen.untilEpochMillis()
        ? Optional.of(seen.subscriber())
        : Optional.empty();
  }

  void add(Sha256 digest, Subscriber subscriber, long untilEpochMillis) {
    put(digest, new Seen(subscriber, untilEpochMillis));
  }

  int size() {
    Halves now = halves.get();
    return now.young().size() + now.old().size();
  }

  private void put(Sha256 digest, Seen seen) {
    Halves now = halves.get();
    if (now.young().size() >= most / 2) {
      halves.compareAndSet(now, Halves.of(now.young()));
    }
    halves.get().young().put(digest, seen);
  }
}
