package io.tidegate.http.relay;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Ticket;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One request's wait for its decision, which comes back as a turn of the connection's stage. If the
 * stage ends before that turn comes, the seats go back from here.
 *
 * <p>Threading: the decision may come on any thread, everything else happens in turns. Whoever
 * takes the decision out of {@code told} answers for it, and only one can.
 */
final class QueuePlace {

  private final Ticket ticket;
  private final Executor turn;
  private final Consumer<Admission> whenDecided;
  private final AtomicReference<Admission> told = new AtomicReference<>();
  private volatile boolean left;

  QueuePlace(Ticket ticket, Executor turn, Consumer<Admission> whenDecided) {
    this.ticket = ticket;
    this.turn = turn;
    this.whenDecided = whenDecided;
  }

  /** Waits from now on. */
  void begin() {
    ticket.whenDecided(this::decided);
  }

  /** Gives the place up, whatever has been decided meanwhile. */
  void leave() {
    left = true;
    ticket.leave();
    giveBack();
  }

  private void decided(Admission admission) {
    told.set(admission);
    if (left) {
      giveBack();
    } else {
      turn.execute(this::go);
    }
  }

  private void go() {
    Admission admission = told.getAndSet(null);
    if (admission != null) {
      whenDecided.accept(admission);
    }
  }

  private void giveBack() {
    if (told.getAndSet(null) instanceof Admission.Admitted admitted) {
      admitted.permit().complete(Outcome.CLIENT_GONE);
    }
  }
}
