package io.tidegate.engine.session;

/**
 * The open sessions of one shard, by the time at which each is to be looked at next.
 *
 * <p>A wheel of lists, one for each step of time; the lists go through the slots themselves, so
 * tracking a session costs no object. Nothing is moved when a session is used: only when its time
 * has come does the shard look when it was used last, and puts it on the list of the time that
 * follows. That is at most one look in each idle time, and one in each step while something of it
 * is in progress.
 *
 * <p>One thread at a time. Knows no clock.
 *
 * <p><b>Source:</b> hashed timing wheels (Varghese and Lauck, SOSP 1987), with a wheel as long as
 * the longest time, and lazy renewal.
 */
final class ExpiryWheel {
  /** How many steps an idle time has; a session closes up to one step late. */
  static final int STEPS = 128;

  // A time that is due within an idle time lies at most one step beyond it, after rounding up.
  private final SessionSlot[] lists = new SessionSlot[STEPS + 2];
  private final long stepMillis;
  private long step;
  private int size;

  /** A wheel that begins to turn at 0. */
  ExpiryWheel(long idleMillis) {
    this.stepMillis = stepMillis(idleMillis);
  }

  /** How late a session closes at most. */
  static long stepMillis(long idleMillis) {
    return (idleMillis + STEPS - 1) / STEPS;
  }

  /** Slots on the wheel, those included that are closed but were not looked at since. */
  int size() {
    return size;
  }

  /** Puts a slot where it is found when that time has come. */
  void add(SessionSlot slot, long dueMillis) {
    long due = Math.max(dueMillis / stepMillis + 1, step);
    int list = (int) (Math.min(due, step + lists.length - 1) % lists.length);
    slot.next = lists[list];
    lists[list] = slot;
    size++;
  }

  /** Takes a slot whose time has come off the wheel; null if there is none. */
  SessionSlot poll(long nowMillis) {
    long last = nowMillis / stepMillis;
    while (size > 0 && step <= last) {
      int list = (int) (step % lists.length);
      SessionSlot slot = lists[list];
      if (slot != null) {
        lists[list] = slot.next;
        slot.next = null;
        size--;
        return slot;
      }
      step++;
    }
    step = Math.max(step, last);
    return null;
  }

  /** Takes all closed slots off the wheel; returns how many there were. */
  int dropClosed() {
    int before = size;
    for (int list = 0; list < lists.length; list++) {
      SessionSlot kept = null;
      SessionSlot slot = lists[list];
      while (slot != null) {
        SessionSlot next = slot.next;
        if (slot.isClosed()) {
          slot.next = null;
          size--;
        } else {
          slot.next = kept;
          kept = slot;
        }
        slot = next;
      }
      lists[list] = kept;
    }
    return before - size;
  }
}
