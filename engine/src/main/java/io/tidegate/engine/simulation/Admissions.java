package io.tidegate.engine.simulation;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.RefusalReason;

/** Who decides in a simulation: the engine, or a rival it is compared with. */
public interface Admissions {

  /** Who is told of decisions, within the call that asks or within {@link Admissions#step}. */
  interface Decided {
    void admitted(Turn turn);

    /** Not let in; worth coming back after so many milliseconds. */
    void refused(Turn turn, RefusalReason reason, long retryAfterMillis);
  }

  /** Decides on a turn that asks now, or lets it wait. */
  void ask(Turn turn, long nowNanos);

  /** A turn's first token is here. */
  void firstToken(Turn turn, long nowNanos);

  /** Tokens of a turn's answer are here. */
  void tokens(Turn turn, int count);

  /** A turn that was admitted is over. */
  void ended(Turn turn, Outcome outcome, long nowNanos);

  /** Does what is due now. */
  void step(long nowNanos);

  /** Seats held now. */
  int inflightSeats();

  /** The limit now. */
  int limitSeats();

  /** Whether a request waits for a seat. */
  boolean anybodyWaiting();
}
