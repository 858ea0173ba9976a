package io.tidegate.http.transport;

import org.apache.pekko.util.ByteString;

/**
 * A client's socket as the bytes of an answer's body find it if they go past the client's stream.
 * Head and end of such an answer still come from the stream.
 *
 * <p>Threading: for the thread of the client's own loop, which is also the listener's.
 */
public interface ClientChannel {

  /** Whoever has bytes to pass. */
  interface Listener {
    /** The head is in the socket's queue: what is offered from now on comes right behind it. */
    void headPassed();

    /** Something else has passed: whatever belongs to the answer has to go through the stream. */
    void headMissed();

    /** There is room again for bytes that found none. */
    void roomMade();
  }

  /**
   * Waits for the head of an answer, which is the next that the stream hands down, interim answers
   * apart. Calls the listener until it is {@linkplain #forget forgotten}.
   *
   * @param status of the answer
   */
  void expectHead(int status, Listener listener);

  /** Whether bytes may be offered. If not, the listener hears as soon as they may. */
  boolean hasRoom();

  /** Puts bytes, framed as the head says, behind all that wait for the socket. */
  void offer(ByteString framed);

  /** Calls nobody any more. */
  void forget();
}
