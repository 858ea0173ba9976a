package io.tidegate.engine.session;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.quota.SessionQuotas;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.quota.account.Shards;
import io.tidegate.engine.tier.Tier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All sessions of the engine.
 *
 * <p>A session opens with the first request of it that is admitted, is renewed by each further one,
 * and closes when nothing of it is in progress and it was idle for the time-out, or its client says
 * so. It counts against the quotas of the tier it was opened in, until it closes, whatever becomes
 * of its subscriber's tier. It is charged before it is opened, so quotas are never exceeded; a
 * session that nobody was admitted in is given back by the last request that leaves it.
 *
 * <p>When the client ends a session in which something is still in progress, the session closes as
 * soon as that has ended. A request that joins it before keeps it open.
 *
 * <p><b>Threading:</b> any thread; {@link #step(int, int, long)} by one thread at a time for each
 * shard.
 *
 * <p><b>Progress:</b> lock-free, but that opening and closing a session hold a bin of a map for a
 * few instructions. {@link #isOpen} and {@link #check} allocate nothing.
 *
 * <p><b>Ordering:</b> a session is charged, then found by others; closed, then removed, then given
 * back. So the counts are never lower than what is open. Two requests that open the same session at
 * once are both charged for a moment, and a third that overlaps may be denied.
 *
 * <p><b>Source:</b> none.
 */
public final class Sessions {
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  // No denial: another request has begun the same session.
  private static final long OVERTAKEN = -1;

  private final ShardIndex[] shards;
  private final SessionQuotas charges;
  private final Quotas quotas;
  private final int maxSessions;
  private final AtomicInteger places = new AtomicInteger();
  private final long idleMillis;
  private final long startNanos;
  private final ShardIndex.Closing closing = new GiveBack();

  /**
   * No sessions yet.
   *
   * @param quotas what sessions are charged to; made with the same number of shards
   */
  public Sessions(SessionSettings settings, Quotas quotas, long nowNanos) {
    this.quotas = quotas;
    this.charges = quotas.sessions();
    this.maxSessions = settings.maxSessions();
    this.idleMillis = settings.idleTimeout().toMillis();
    this.startNanos = nowNanos;
    this.shards = new ShardIndex[settings.shards()];
    for (int shard = 0; shard < shards.length; shard++) {
      shards[shard] = new ShardIndex(idleMillis);
    }
  }

  /** Whether the session is open, so that a request of it continues it. */
  public boolean isOpen(SessionKey key) {
    SessionSlot slot = shardOf(key).get(key);
    return slot != null && slot.isOpen();
  }

  /**
   * What stands now against a request of that session; changes nothing, allocates nothing.
   *
   * @param tier the one the subscriber is in now
   * @return a {@link Denial}
   */
  public long check(SessionKey key, Tier tier, long nowNanos) {
    SessionSlot slot = shardOf(key).get(key);
    if (slot != null && !slot.isClosed()) {
      return Denial.NONE;
    }
    return places.get() < maxSessions
        ? timed(charges.check(key.subscriber(), tier, nowNanos), key, nowNanos)
        : Denial.of(RefusalReason.TIER_FULL);
  }

  /**
   * Takes part in the session, or begins to open it.
   *
   * @param visit filled only if nothing is denied; an empty one, or one that has ended
   * @param account of the same subscriber as the key, from a {@link Holding} that is kept at least
   *     as long as the visit
   * @param tier what an opened session is charged to
   * @return a {@link Denial}
   * @throws IllegalArgumentException if key and account are of two subscribers
   */
  public long enter(Visit visit, SessionKey key, Account account, Tier tier, long nowNanos) {
    if (!account.subscriber().equals(key.subscriber())) {
      throw new IllegalArgumentException("a session is its subscriber's own: " + key);
    }
    ShardIndex shard = shardOf(key);
    while (true) {
      SessionSlot slot = shard.get(key);
      if (slot == null) {
        long denial = open(visit, key, account, tier, nowNanos);
        // Denied, but another request has begun the session meanwhile: then it can be joined.
        if (denial != OVERTAKEN && (denial == Denial.NONE || shard.get(key) == null)) {
          return timed(denial, key, nowNanos);
        }
      } else if (slot.join() == SessionSlot.Step.NOTHING) {
        visit.begun(this, slot);
        return Denial.NONE;
      } else if (slot.isClosed()) {
        shard.remove(slot);
      } else {
        return Denial.of(RefusalReason.OVER_PARALLEL);
      }
    }
  }

  /**
   * Closes a session, because its client wants it so: at once, or if something of it is in
   * progress, when that has ended.
   *
   * @return whether the session was open
   */
  public boolean end(SessionKey key) {
    SessionSlot slot = shardOf(key).get(key);
    if (slot == null) {
      return false;
    }
    SessionSlot.Step step = slot.end();
    done(slot, step);
    return step != SessionSlot.Step.TOO_LATE;
  }

  /** Sessions charged to that tier, those included that are just being opened. */
  public long open(Tier tier) {
    return charges.open(tier);
  }

  /**
   * Places of the table that are taken: by sessions that are open or being opened, and for a moment
   * by such as were closed by their clients.
   */
  public int places() {
    return places.get();
  }

  /** How many shards there are. */
  public int shards() {
    return shards.length;
  }

  /**
   * Does what is due in one shard: closes sessions that were idle for too long, and forgets
   * accounts of subscribers who hold nothing any more.
   *
   * @param looks at most so many sessions and so many accounts are looked at
   * @return whether more sessions are due now
   */
  public boolean step(int shard, int looks, long nowNanos) {
    quotas.sweep(shard, looks, nowNanos);
    return shards[shard].step(millis(nowNanos), looks, closing);
  }

  void admitted(SessionSlot slot) {
    if (slot.admitted() == SessionSlot.Step.OPENED) {
      charges.opened(slot.account(), slot.tierIndex(), slot);
      shardOf(slot.key()).opened(slot);
    }
  }

  /** Does what follows from a session's step. */
  void done(SessionSlot slot, SessionSlot.Step step) {
    if (step == SessionSlot.Step.CLOSED || step == SessionSlot.Step.ABANDONED) {
      ShardIndex shard = shardOf(slot.key());
      shard.remove(slot);
      charges.refund(slot.account(), slot.tierIndex());
      if (step == SessionSlot.Step.CLOSED) {
        shard.closed();
      } else {
        places.getAndDecrement();
      }
    }
  }

  /** Milliseconds since the start. */
  long millis(long nowNanos) {
    return (nowNanos - startNanos) / NANOS_PER_MILLI;
  }

  /** Begins a session; a denial, or that somebody else was faster. */
  private long open(Visit visit, SessionKey key, Account account, Tier tier, long nowNanos) {
    if (!takePlace()) {
      return Denial.of(RefusalReason.TIER_FULL);
    }
    long denial = charges.charge(account, tier, nowNanos);
    if (denial == Denial.NONE) {
      // The account's own string, so that a session does not keep another copy of it.
      SessionKey kept = new SessionKey(account.subscriber(), key.name());
      SessionSlot slot = new SessionSlot(kept, account, tier.index(), millis(nowNanos));
      if (shardOf(key).add(slot)) {
        visit.begun(this, slot);
        return Denial.NONE;
      }
      charges.refund(account, tier.index());
      denial = OVERTAKEN;
    }
    places.getAndDecrement();
    return denial;
  }

  /**
   * With the time after which the next of the subscriber's sessions can close, where that helps.
   */
  private long timed(long denial, SessionKey key, long nowNanos) {
    if (denial == Denial.NONE || Denial.reason(denial) != RefusalReason.OVER_SESSIONS) {
      return denial;
    }
    long idleSinceMillis =
        Math.min(charges.longestIdleSinceMillis(key.subscriber()), millis(nowNanos));
    long closesAtMillis = idleSinceMillis + idleMillis + ExpiryWheel.stepMillis(idleMillis);
    long waitMillis = Math.max(0, closesAtMillis - millis(nowNanos));
    return Denial.of(RefusalReason.OVER_SESSIONS, waitMillis * NANOS_PER_MILLI);
  }

  private boolean takePlace() {
    int taken = places.get();
    while (taken < maxSessions) {
      if (places.compareAndSet(taken, taken + 1)) {
        return true;
      }
      taken = places.get();
    }
    return false;
  }

  private ShardIndex shardOf(SessionKey key) {
    return shards[Shards.of(key.subscriber(), shards.length)];
  }

  /** What the shards' owners do about what they close. */
  private final class GiveBack implements ShardIndex.Closing {
    @Override
    public void expired(SessionSlot slot) {
      charges.refund(slot.account(), slot.tierIndex());
      places.getAndDecrement();
    }

    @Override
    public void dropped(int slots) {
      places.getAndAdd(-slots);
    }
  }
}
