package io.tidegate.engine.control;

import io.tidegate.engine.reserve.Reserve;

/** What the loops read of the engine's books. Read by one thread, while others count. */
public interface Books {

  /** Seats held now, as the gate decides by them. */
  long inflightSeats();

  /** Seats asked for and given back since the start; read ten times a second. */
  Reserve.Totals seats();

  /** What became of requests since the start; read once a second. */
  Requests requests();
}
