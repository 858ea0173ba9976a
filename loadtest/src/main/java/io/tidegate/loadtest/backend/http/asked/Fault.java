package io.tidegate.loadtest.backend.http.asked;

import java.util.OptionalInt;

/** What a script has go wrong with one request. */
public sealed interface Fault {

  /** In place of an answer. */
  enum Instead implements Fault {
    /** Takes its place in the batch, and never sends a byte. */
    HANG,
    /** Resets the connection before the first byte. */
    RESET,
    /** Bytes that are not HTTP. */
    GARBAGE
  }

  /** An error in place of an answer. */
  record Status(int code, OptionalInt retryAfterSeconds) implements Fault {}

  /** An answer that breaks off after a number of tokens. */
  record BreakOff(Manner manner, int afterTokens) implements Fault {}

  /** How an answer breaks off. */
  enum Manner {
    /** The connection is reset. */
    RESET(false),
    /** The connection is closed, without the end of the answer. */
    CLOSE(false),
    /** Nothing more comes. */
    STALL(false),
    /** Half a chunk comes, then nothing more. */
    HALF_CHUNK_STALL(true),
    /** Half a chunk comes, then the connection is closed. */
    HALF_CHUNK_CLOSE(true);

    private final boolean halfChunk;

    Manner(boolean halfChunk) {
      this.halfChunk = halfChunk;
    }

    public boolean isHalfChunk() {
      return halfChunk;
    }
  }
}
