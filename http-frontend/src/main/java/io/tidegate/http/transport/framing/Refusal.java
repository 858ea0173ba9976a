package io.tidegate.http.transport.framing;

import org.apache.pekko.util.ByteString;

/**
 * Why the framer refuses what a client has sent.
 *
 * <p>The HTTP layer answers requests in their order, and renders every answer. So that it also
 * gives the answer to a refused request, it gets a stand-in that it refuses by itself in the way
 * that fits; of what the client sent it gets nothing.
 */
enum Refusal {
  /** Not HTTP/1.1 as an edge may accept it: 400. */
  MALFORMED("GET / HTTP/1.1\r\nHost\r\n\r\n"),
  /** A chunked body that has come to something it may not have: 400. */
  MALFORMED_BODY("!!\r\n"),
  /** A method that no proxy in front of a service offers: 501. */
  NOT_OFFERED("NOT-OFFERED / HTTP/1.1\r\nHost: -\r\n\r\n"),
  /** The head as a whole is too long, be it by its target: 431. */
  HEAD_TOO_LARGE(
      "GET / HTTP/1.1\r\n"
          + "-".repeat(1_024)
          + ": -\r\n\r\n"); // a name beyond what Pekko is told to allow

  private final String standIn;

  Refusal(String standIn) {
    this.standIn = standIn;
  }

  /** What the HTTP layer gets instead. */
  ByteString standIn() {
    return ByteString.fromString(standIn);
  }
}
