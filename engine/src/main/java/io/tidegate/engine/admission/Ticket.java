package io.tidegate.engine.admission;

import java.util.function.Consumer;

/**
 * A request's place in the queue, until it is admitted, refused, or leaves. All methods may be
 * called from any thread.
 */
public interface Ticket {

  /**
   * Names who is told of the decision: {@link Admission.Admitted} or {@link Admission.Refused},
   * once. It is told at once, on the calling thread, if the decision has been made, and otherwise
   * on a thread of the engine's, which it must not hold up. Whoever has left is told nothing.
   *
   * @throws IllegalStateException if somebody was named before
   */
  void whenDecided(Consumer<Admission> listener);

  /**
   * Gives the place up. If the request has been admitted meanwhile and nobody was told, its seats
   * are given back; the second call, and one after the decision was told, change nothing.
   */
  void leave();
}
