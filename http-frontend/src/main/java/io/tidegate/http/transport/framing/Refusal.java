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
  MALFORMED,
  /** A chunked body that has come to something it may not have: 400. */
  MALFORMED_BODY,
  /** A method that no proxy in front of a service offers: 501. */
  NOT_OFFERED,
  /** A request's first line is too long: 414. */
  TARGET_TOO_LONG,
  /** The head as a whole is too long: 431. */
  HEAD_TOO_LARGE;

  /** More than the HTTP layer allows the name of a header. */
  private static final int LONG_NAME = 1_024;

  /** What the HTTP layer gets instead; {@code maxHeadBytes} is the longest target it accepts. */
  ByteString standIn(int maxHeadBytes) {
    return ByteString.fromString(
        switch (this) {
          case MALFORMED -> "GET / HTTP/1.1\r\nHost\r\n\r\n";
          case MALFORMED_BODY -> "!!\r\n";
          case NOT_OFFERED -> "NOT-OFFERED / HTTP/1.1\r\nHost: -\r\n\r\n";
          case TARGET_TOO_LONG ->
              "GET /" + "-".repeat(maxHeadBytes) + " HTTP/1.1\r\nHost: -\r\n\r\n";
          case HEAD_TOO_LARGE -> "GET / HTTP/1.1\r\n" + "-".repeat(LONG_NAME) + ": -\r\n\r\n";
        });
  }
}
