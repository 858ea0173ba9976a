package io.tidegate.http.upstream.health;

import java.time.Duration;

/**
 * How one upstream stands: what was seen of it, and what follows from that for the next request.
 *
 * <p>Two things are known, and then it gets no request at all: that it cannot be reached, and that
 * it has asked to be left alone. Two are only feared, and then it gets those that no other can
 * take: that it fails again, and that it would be overrun on its return.
 *
 * <p>Threading: safe for all. What several threads see at once may be taken in any order.
 */
public final class Standing {

  /** A look that fails may be bad luck, as on a busy server; so many in a row are not. */
  static final int FAILED_LOOKS = 2;

  private final BackOff backOff = new BackOff();
  private final Ejection ejection = new Ejection();
  private final Ramp ramp = new Ramp();
  private volatile boolean up = true;
  private volatile String trouble = "";
  private volatile int failedLooks;

  /** Whether it may get a request at all. */
  public boolean usable(long nowNanos) {
    return up && backOff.leftNanos(nowNanos) == 0;
  }

  /** Whether one that is usable is to get its part, as far as can be foreseen. */
  public boolean trusted(long nowNanos) {
    return ejection.leftNanos(nowNanos) == 0 && ramp.hasRoom();
  }

  /** Whether it could be reached last, and was well by its own word. */
  public boolean healthy() {
    return up;
  }

  /** Takes in one more request; false if it is returning and has enough. */
  public boolean enter(boolean inAnyCase) {
    return ramp.enter(inAnyCase);
  }

  /** A look has found it well, or a connection came about. */
  public void reached() {
    failedLooks = 0;
    if (!up) {
      ramp.begin();
      up = true;
    }
  }

  /** No connection came about. */
  public void unreachable(String reason) {
    trouble = reason;
    up = false;
  }

  /**
   * It can be reached, but a look at its health says no, or says nothing in time. Looks come one by
   * one.
   */
  public void unwell(String reason) {
    trouble = reason;
    int looks = failedLooks + 1;
    failedLooks = looks;
    if (looks >= FAILED_LOOKS) {
      up = false;
    }
  }

  /** A request has the head of an answer that is good, or the client's own fault. */
  public void answered() {
    ramp.answered();
  }

  /** A request has an answer that says no, or comes to nothing before an answer. */
  public void gaveUp() {
    ramp.gaveUp();
  }

  /** A request has been answered to its end. */
  public void served(long nowNanos) {
    ejection.served(nowNanos);
  }

  /** It has failed a request, which neither its client nor its own want of room explains. */
  public void failed(long nowNanos) {
    if (ejection.failed(ramp.running(), nowNanos)) {
      ramp.begin();
    }
  }

  /** It has asked to be left alone for a time. */
  public void backOff(Duration wish, long nowNanos) {
    if (!wish.isZero()) {
      backOff.ask(wish, nowNanos);
      ramp.begin();
    }
  }

  /** How long it still wants to be left alone; 0 if it does not. */
  public long backOffNanos(long nowNanos) {
    return backOff.leftNanos(nowNanos);
  }

  /** How long it is still left out for its failures; 0 if it is not. */
  public long ejectedNanos(long nowNanos) {
    return ejection.leftNanos(nowNanos);
  }

  public State state(long nowNanos) {
    if (!up) {
      return State.DOWN;
    }
    if (backOff.leftNanos(nowNanos) > 0) {
      return State.BACKING_OFF;
    }
    if (ejection.leftNanos(nowNanos) > 0) {
      return State.EJECTED;
    }
    return ramp.running() ? State.RETURNING : State.SERVING;
  }

  /** Why it was down last; empty if it never was. Shown to the operator only. */
  public String trouble() {
    return trouble;
  }

  /** How often it has been ejected. */
  public long ejections() {
    return ejection.count();
  }

  /** How often it has asked to be left alone. */
  public long backOffs() {
    return backOff.count();
  }
}
