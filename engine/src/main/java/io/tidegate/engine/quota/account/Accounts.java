package io.tidegate.engine.quota.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The accounts of all subscribers who hold something, or did a short while ago. There are never
 * more than a bound.
 *
 * <p>They are kept in several maps, so that one that grows delays its own subscribers only, and for
 * a moment.
 *
 * <p><b>Threading:</b> any thread; {@link #sweep} by one thread at a time for each shard.
 *
 * <p><b>Progress:</b> finding is wait-free. Making and forgetting an account holds a bin of the map
 * for a few instructions.
 *
 * <p><b>Ordering:</b> the map's. A place is counted before an account is made and given back after
 * it was removed.
 *
 * <p><b>Source:</b> none.
 */
public final class Accounts {
  private final List<ConcurrentMap<String, Account>> shards = new ArrayList<>();
  private final List<Iterator<Account>> sweeps = new ArrayList<>();
  private final int most;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * No accounts yet.
   *
   * @param shards a power of two
   * @param most how many accounts there may be
   */
  public Accounts(int shards, int most) {
    this.most = most;
    for (int shard = 0; shard < shards; shard++) {
      this.shards.add(new ConcurrentHashMap<>());
      this.sweeps.add(Collections.emptyIterator());
    }
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** Whether no more can be made. */
  public boolean full() {
    return count.get() >= most;
  }

  /** The subscriber's account or null; for the path on which nothing may be allocated. */
  public Account get(String subscriber) {
    return shardOf(subscriber).get(subscriber);
  }

  /** A subscriber's, if there is one. */
  public Optional<Account> find(String subscriber) {
    return Optional.ofNullable(get(subscriber));
  }

  /** The subscriber's account, made if there is none; null if there is no place for it. */
  public Account getOrMake(String subscriber, long nowNanos) {
    ConcurrentMap<String, Account> shard = shardOf(subscriber);
    Account known = shard.get(subscriber);
    if (known != null || !takePlace()) {
      return known;
    }
    Account made = new Account(subscriber, nowNanos);
    Account other = shard.putIfAbsent(subscriber, made);
    if (other != null) {
      count.getAndDecrement();
      return other;
    }
    return made;
  }

  /** Removes an account that is marked as gone; the second call changes nothing. */
  public void remove(Account gone) {
    if (shardOf(gone.subscriber()).remove(gone.subscriber(), gone)) {
      count.getAndDecrement();
    }
  }

  /**
   * Looks at the next few accounts of a shard, and forgets those that can be forgotten.
   *
   * @return how many were forgotten
   */
  public int sweep(int shard, int looks, long nowNanos) {
    Iterator<Account> next = sweeps.get(shard);
    if (!next.hasNext()) {
      next = shards.get(shard).values().iterator();
      sweeps.set(shard, next);
    }
    int forgotten = 0;
    for (int look = 0; look < looks && next.hasNext(); look++) {
      Account account = next.next();
      if (account.forget(nowNanos)) {
        remove(account);
        forgotten++;
      }
    }
    return forgotten;
  }

  private boolean takePlace() {
    int taken = count.get();
    while (taken < most) {
      if (count.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = count.get();
    }
    return false;
  }

  private ConcurrentMap<String, Account> shardOf(String subscriber) {
    return shards.get(Shards.of(subscriber, shards.size()));
  }
}
