package io.tidegate.loadtest.record.result;

/**
 * What is measured of a request, in nanoseconds.
 *
 * <p>The first three are stretches of their own. {@link #FIRST_TOKEN} and {@link #WHOLE} count from
 * the moment the request was <em>meant</em> to be sent, so that waiting in the generator or for a
 * stalled server is part of them (G. Tene calls its absence coordinated omission).
 */
public enum Phase {
  /** From the intended time until a connection is in hand or begun. */
  BLOCKED,
  /** Making a connection; only requests that needed a new one. */
  CONNECT,
  /** From the request being sent until the head of the answer is here. */
  HEADERS,
  /**
   * From the intended time to the first token with content; of an answer in one piece, its body.
   */
  FIRST_TOKEN,
  /** From one token to the next. Booked as they come, under {@link Outcome#OK}. */
  BETWEEN_TOKENS,
  /** From the intended time to the end, whatever it was. */
  WHOLE
}
