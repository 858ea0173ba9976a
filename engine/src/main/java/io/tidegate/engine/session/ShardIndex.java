package io.tidegate.engine.session;

import io.tidegate.engine.admission.SessionKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sessions of one shard: an index in which everybody finds them, and a wheel by which the
 * shard's owner closes them.
 *
 * <p>The owner hears of an opened session through a list that openers push slots to, so nothing is
 * sent and nothing can overflow. Of a session closed by its client it hears nothing; when half of
 * the wheel is closed ones, it takes them off.
 *
 * <p><b>Threading:</b> any thread, but {@link #step} by the owner alone.
 *
 * <p><b>Progress:</b> finding is wait-free, telling of an opened one lock-free. Adding and removing
 * hold a bin of the map for a few instructions.
 *
 * <p><b>Ordering:</b> volatile. An opener writes the slot's link, then pushes the slot by
 * compare-and-set; the owner takes the whole list by get-and-set, and the links are its own from
 * then on.
 *
 * <p><b>Source:</b> Treiber's stack (IBM RJ 5118, 1986), of which only the whole is ever popped.
 */
final class ShardIndex {
  /** What is done about a session that the owner closed. */
  interface Closing {
    /** Its charge is to be given back, and its place. */
    void expired(SessionSlot slot);

    /** It was closed before; only its place is to be given back. */
    void dropped(int slots);
  }

  private static final VarHandle OPENED;
  private static final VarHandle CLOSED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      OPENED = lookup.findVarHandle(ShardIndex.class, "opened", SessionSlot.class);
      CLOSED = lookup.findVarHandle(ShardIndex.class, "closed", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConcurrentMap<SessionKey, SessionSlot> slots = new ConcurrentHashMap<>();
  private final ExpiryWheel wheel;
  private final long idleMillis;

  @SuppressWarnings("UnusedVariable") // Read and written by OPENED.
  private volatile SessionSlot opened;

  private volatile int closed;

  ShardIndex(long idleMillis) {
    this.idleMillis = idleMillis;
    this.wheel = new ExpiryWheel(idleMillis);
  }

  /** The slot of that key or null; for the path on which nothing may be allocated. */
  SessionSlot get(SessionKey key) {
    return slots.get(key);
  }

  /** Whether the slot is the one of its key from now on. */
  boolean add(SessionSlot slot) {
    return slots.putIfAbsent(slot.key(), slot) == null;
  }

  /** Removes exactly that slot. */
  void remove(SessionSlot slot) {
    slots.remove(slot.key(), slot);
  }

  /** Tells the owner of a session that is open from now on. */
  void opened(SessionSlot slot) {
    SessionSlot first = opened;
    do {
      first = opened;
      slot.next = first;
    } while (!OPENED.compareAndSet(this, first, slot));
  }

  /** Tells the owner that a session it was told of is closed. */
  void closed() {
    CLOSED.getAndAdd(this, 1);
  }

  /**
   * Closes what was idle for too long.
   *
   * @param looks at most so many sessions are looked at
   * @return whether there may be more to do now
   */
  boolean step(long nowMillis, int looks, Closing closing) {
    track();
    if (closed > wheel.size() / 2) {
      closing.dropped(drop(wheel.dropClosed()));
    }
    for (int look = 0; look < looks; look++) {
      SessionSlot slot = wheel.poll(nowMillis);
      if (slot == null) {
        return false;
      }
      switch (slot.look(nowMillis, idleMillis)) {
        case GONE -> closing.dropped(drop(1));
        // Soon again: if what is in progress is not admitted in the end, its idle time goes on.
        case BUSY -> wheel.add(slot, nowMillis);
        case FRESH -> wheel.add(slot, slot.lastUsedMillis() + idleMillis);
        case EXPIRED -> {
          remove(slot);
          closing.expired(slot);
        }
      }
    }
    return true;
  }

  private int drop(int count) {
    CLOSED.getAndAdd(this, -count);
    return count;
  }

  private void track() {
    SessionSlot slot = (SessionSlot) OPENED.getAndSet(this, null);
    while (slot != null) {
      SessionSlot next = slot.next;
      wheel.add(slot, slot.lastUsedMillis() + idleMillis);
      slot = next;
    }
  }
}
