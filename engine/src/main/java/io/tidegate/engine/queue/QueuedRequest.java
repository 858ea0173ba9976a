package io.tidegate.engine.queue;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.Ticket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/**
 * A request in the queue, and the ticket its client holds. It leaves the queue once: admitted,
 * refused, or by itself.
 *
 * <p><b>Threading:</b> any thread; the queue's owner, the client and the thread that began to wait
 * may act at the same moment.
 *
 * <p><b>Progress:</b> lock-free.
 *
 * <p><b>Ordering:</b> the state moves once, from waiting to something else, by compare-and-set, and
 * only the thread that moved it acts on it. Decision and listener meet in a second word: whoever
 * comes second finds the first there, so the listener is told exactly once, and a permit whose
 * client has gone is completed exactly once.
 *
 * <p><b>Source:</b> none.
 */
final class QueuedRequest implements Ticket {
  private enum State {
    WAITING,
    ADMITTED,
    REFUSED,
    LEFT
  }

  /** What stands in the meeting place when nothing more is to be told. */
  private enum Closed {
    TOLD,
    GONE
  }

  private final Candidate candidate;
  private final long sinceNanos;
  private final long sequence;
  private final NanoClock clock;
  private final Runnable wakeQueue;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /** Empty (null), a listener, a decision nobody was told of yet, or {@link Closed}. */
  private final AtomicReference<Object> meeting = new AtomicReference<>();

  /**
   * A request that begins to wait.
   *
   * @param sequence rises from request to request
   * @param wakeQueue called when it has left, so that whoever stood behind it may go
   */
  QueuedRequest(
      Candidate candidate, long sinceNanos, long sequence, NanoClock clock, Runnable wakeQueue) {
    this.candidate = candidate;
    this.sinceNanos = sinceNanos;
    this.sequence = sequence;
    this.clock = clock;
    this.wakeQueue = wakeQueue;
  }

  Candidate candidate() {
    return candidate;
  }

  long sequence() {
    return sequence;
  }

  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  long waitedNanos(long nowNanos) {
    return nowNanos - sinceNanos;
  }

  /**
   * Lets it in, with seats that were taken for it, and tells nobody; empty-handed if it is gone.
   */
  boolean claim() {
    return state.compareAndSet(State.WAITING, State.ADMITTED);
  }

  /** The admission of a request that was claimed. */
  Admitted admission(long nowNanos) {
    return candidate.admitted(nowNanos, waitedNanos(nowNanos));
  }

  /** Lets it in, with seats that were taken for it. Says false if it is not there any more. */
  boolean admit(long nowNanos) {
    if (!claim()) {
      return false;
    }
    decided(admission(nowNanos));
    return true;
  }

  /** Turns it away, if it is still there. */
  void refuse(RefusalReason reason, long nowNanos) {
    if (state.compareAndSet(State.WAITING, State.REFUSED)) {
      decided(candidate.refused(reason, nowNanos, waitedNanos(nowNanos)));
    }
  }

  @Override
  public void whenDecided(Consumer<Admission> listener) {
    Objects.requireNonNull(listener, "listener");
    while (!meeting.compareAndSet(null, listener)) {
      Object found = meeting.get();
      if (found == Closed.GONE) {
        return;
      }
      if (!(found instanceof Admission decision)) {
        throw new IllegalStateException("somebody waits for this decision already");
      }
      if (meeting.compareAndSet(decision, Closed.TOLD)) {
        tell(listener, decision);
        return;
      }
    }
  }

  @Override
  public void leave() {
    if (state.compareAndSet(State.WAITING, State.LEFT)) {
      meeting.set(Closed.GONE);
      long nowNanos = clock.nanoTime();
      candidate.left(nowNanos, waitedNanos(nowNanos));
      wakeQueue.run();
      return;
    }
    giveUp(meeting.getAndSet(Closed.GONE));
  }

  private void decided(Admission decision) {
    if (meeting.compareAndSet(null, decision)) {
      return;
    }
    Object found = meeting.getAndSet(Closed.TOLD);
    if (found instanceof Closed) {
      giveUp(decision);
    } else {
      @SuppressWarnings("unchecked") // Nothing else is put there.
      Consumer<Admission> listener = (Consumer<Admission>) found;
      tell(listener, decision);
    }
  }

  /** A listener that fails has not taken the permit, so it is completed here. */
  private static void tell(Consumer<Admission> listener, Admission decision) {
    try {
      listener.accept(decision);
    } catch (RuntimeException | Error e) {
      if (decision instanceof Admitted admitted) {
        admitted.permit().complete(Outcome.FAILED);
      }
      throw e;
    }
  }

  /** Nobody takes this decision any more. */
  private static void giveUp(Object decision) {
    if (decision instanceof Admitted admitted) {
      admitted.permit().complete(Outcome.CLIENT_GONE);
    }
  }
}
