package io.tidegate.http.relay;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies of requests take while the gate has them as a whole.
 *
 * <p>Threading: safe for all; a share is one request's own.
 */
public final class HeldBodies {

  private final long maxBytes;
  private final AtomicLong heldBytes = new AtomicLong();

  /** Room for so many bytes, of all requests together. */
  public HeldBodies(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Held now. */
  long heldBytes() {
    return heldBytes.get();
  }

  /** Nothing yet, for one request. */
  Share share() {
    return new Share();
  }

  /** What one request holds. */
  final class Share {

    private long bytes;

    private Share() {}

    /** Takes room for some more bytes, if there is any. */
    synchronized boolean take(int more) {
      if (bytes < 0) {
        return false;
      }
      if (heldBytes.addAndGet(more) > maxBytes) {
        heldBytes.addAndGet(-more);
        return false;
      }
      bytes += more;
      return true;
    }

    /** Gives everything back. Nothing can be taken afterwards. */
    synchronized void giveBack() {
      if (bytes > 0) {
        heldBytes.addAndGet(-bytes);
      }
      bytes = -1;
    }
  }
}
