package io.tidegate.engine.session;

/**
 * One request's part in a session, from its arrival to its end. Empty when it is made; {@link
 * Sessions#enter} fills it.
 *
 * <p><b>Threading:</b> one thread at a time; whoever hands it to another publishes it safely. A
 * filled one ends by exactly one call, {@link #left} or {@link #ended}: that nobody calls twice is
 * the affair of the permit or ticket it belongs to.
 *
 * <p><b>Progress:</b> lock-free, but that the end of a session holds a bin of a map for a few
 * instructions.
 *
 * <p><b>Ordering:</b> that of the session's word.
 *
 * <p><b>Source:</b> none.
 */
public final class Visit {
  private Sessions sessions;
  private SessionSlot slot;

  /** The request was admitted; the session is open from now on. */
  public void admitted() {
    sessions.admitted(slot);
  }

  /** The request goes and was never admitted. If none of the session's was, it is not opened. */
  public void left() {
    sessions.done(slot, slot.left());
  }

  /** The request was admitted and has ended; the session's idle time begins anew. */
  public void ended(long nowNanos) {
    sessions.done(slot, slot.ended(sessions.millis(nowNanos)));
  }

  void begun(Sessions in, SessionSlot with) {
    sessions = in;
    slot = with;
  }
}
