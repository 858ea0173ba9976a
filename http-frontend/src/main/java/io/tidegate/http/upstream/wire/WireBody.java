package io.tidegate.http.upstream.wire;

import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.util.ByteString;

/**
 * The body of an answer while it is at its wire, where its bytes can be taken before they enter the
 * stream of its entity. That stream is to run all the same: it tells the body's end.
 *
 * <p>Threading: for the thread of the wire's loop.
 */
public interface WireBody {

  /** Where an answer has it whose body is read on a loop. */
  AttributeKey<WireBody> KEY = AttributeKey.create("tidegate-wire-body", WireBody.class);

  /** Who takes the bytes. */
  interface Taker {
    /** Takes all of them, or says that there is no room; then they wait, and nothing is read. */
    boolean takes(ByteString bytes);
  }

  /** Keeps bytes from the stream, at first only to let them wait. */
  void hold(Taker taker);

  /** Gives the taker what waits, now and from now on. To be called again when there is room. */
  void flow();

  /** Lets everything into the stream again; only for a body that has not flowed. */
  void letThrough();
}
