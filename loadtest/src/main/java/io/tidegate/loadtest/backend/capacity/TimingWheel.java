package io.tidegate.loadtest.backend.capacity;

/**
 * Entries by due time, in slots of about a millisecond: scheduling and cancelling cost the same few
 * writes for any number of entries, and allocate nothing.
 *
 * <p>An entry is due at the end of its slot, so never early and at most two slots late. One that is
 * due beyond the wheel's turn stays in its slot and is passed over until its turn comes.
 *
 * <p>Source: Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (SOSP 1987), scheme 6. Not
 * thread-safe.
 */
final class TimingWheel {

  /** A slot is 2^20 nanoseconds, 1.05 ms. */
  private static final int TICK_SHIFT = 20;

  private static final int SLOTS = 4096;

  /** Something that becomes due; a link of a slot's ring. */
  abstract static class Entry {
    private Entry previous = this;
    private Entry next = this;
    private long dueTick;

    abstract void onDue(long nowNanos);

    private void linkBefore(Entry other) {
      previous = other.previous;
      next = other;
      previous.next = this;
      other.previous = this;
    }

    private void unlink() {
      previous.next = next;
      next.previous = previous;
      previous = this;
      next = this;
    }

    private boolean isAlone() {
      return next == this;
    }
  }

  /** The fixed link of a ring. */
  private static final class Ring extends Entry {
    @Override
    void onDue(long nowNanos) {
      throw new IllegalStateException("a ring is never due");
    }
  }

  private final Entry[] slots = new Entry[SLOTS];
  private final Entry turning = new Ring();
  private long tick;

  TimingWheel(long nowNanos) {
    tick = nowNanos >> TICK_SHIFT;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Ring();
    }
  }

  void schedule(Entry entry, long dueNanos) {
    entry.unlink();
    entry.dueTick = Math.max(tick, dueNanos >> TICK_SHIFT) + 1;
    link(entry);
  }

  void cancel(Entry entry) {
    entry.unlink();
  }

  /** Calls every entry that is due by now, the earliest slot first. */
  void advance(long nowNanos) {
    long nowTick = nowNanos >> TICK_SHIFT;
    // After a pause longer than the wheel's turn, one turn visits every slot there is.
    tick = Math.max(tick, nowTick - SLOTS);
    while (tick < nowTick) {
      tick++;
      turn(nowTick, nowNanos);
    }
  }

  private void turn(long nowTick, long nowNanos) {
    Entry slot = slots[(int) (tick & (SLOTS - 1))];
    if (slot.isAlone()) {
      return;
    }
    // The slot becomes empty first: what an entry schedules meanwhile must not join this round.
    turning.linkBefore(slot);
    slot.unlink();
    while (!turning.isAlone()) {
      Entry entry = turning.next;
      entry.unlink();
      if (entry.dueTick <= nowTick) {
        entry.onDue(nowNanos);
      } else {
        link(entry);
      }
    }
  }

  private void link(Entry entry) {
    entry.linkBefore(slots[(int) (entry.dueTick & (SLOTS - 1))]);
  }
}
