package io.tidegate.http.transport;

import org.apache.pekko.util.ByteString;

/**
 * Cuts what a client has sent into pieces that hold few requests each.
 *
 * <p>Pekko's parser calls itself once for each request that it finds in one piece of input. About a
 * thousand small ones overflow the stack of its thread, and that ends the process. Each request has
 * a blank line, at the end of its head; so has many a body, which is then cut without harm.
 */
final class PipelinedPieces {

  /** Far below what a stack holds, far above what clients pipeline. */
  static final int MAX_BLANK_LINES = 16;

  private PipelinedPieces() {}

  /** The length of the first piece: all there is, or up to and including a blank line. */
  static int firstLength(ByteString bytes) {
    int blankLines = 0;
    for (int end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', end + 1)) {
      int next = end + 1;
      if (next < bytes.length() && bytes.apply(next) == '\r') {
        next++;
      }
      if (next < bytes.length() && bytes.apply(next) == '\n') {
        blankLines++;
        if (blankLines == MAX_BLANK_LINES) {
          return next + 1;
        }
      }
    }
    return bytes.length();
  }
}
