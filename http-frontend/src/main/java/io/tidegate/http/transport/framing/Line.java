package io.tidegate.http.transport.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line that ends in CR LF, put together from whatever pieces it comes in.
 *
 * <p>Threading: for one connection's own use.
 */
final class Line {

  enum State {
    /** More is to come. */
    OPEN,
    /** It has come to its end. */
    WHOLE,
    /** It has a control character, or an end that is not CR LF. */
    BROKEN,
    /** It is longer than allowed. */
    TOO_LONG
  }

  private static final byte[] EMPTY = {};
  private static final int USUAL_BYTES = 128;

  /** What is kept for the next line; idle connections are many. */
  private static final int MAX_KEPT_BYTES = 1_024;

  private byte[] bytes = EMPTY;
  private int length;
  private boolean afterReturn;
  private State state = State.OPEN;

  State state() {
    return state;
  }

  /** Begins a new line. */
  void clear() {
    if (bytes.length > MAX_KEPT_BYTES) {
      bytes = EMPTY;
    }
    length = 0;
    afterReturn = false;
    state = State.OPEN;
  }

  /**
   * Takes bytes up to the end of the line, or all of them.
   *
   * @param maxBytes how long the line may be, its end not counted
   * @return the index after the last byte taken
   */
  int take(byte[] from, int at, int end, int maxBytes) {
    int i = at;
    while (i < end && state == State.OPEN) {
      byte next = from[i++];
      if (afterReturn) {
        state = next == Octets.LF ? State.WHOLE : State.BROKEN;
      } else if (next == Octets.CR) {
        afterReturn = true;
      } else if (!Octets.isText(next)) {
        state = State.BROKEN;
      } else if (length == maxBytes) {
        state = State.TOO_LONG;
      } else {
        append(next);
      }
    }
    return i;
  }

  private void append(byte next) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(USUAL_BYTES, 2 * length));
    }
    bytes[length++] = next;
  }

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  byte at(int index) {
    return bytes[index];
  }

  /** The index of an octet from a place on; the line's length if there is none. */
  int indexOf(char octet, int from) {
    int i = from;
    while (i < length && bytes[i] != octet) {
      i++;
    }
    return i;
  }

  /** How many octets of a token there are from the line's start. */
  int tokenLength() {
    int i = 0;
    while (i < length && Octets.isToken(bytes[i])) {
      i++;
    }
    return i;
  }

  /** A part of the line as text, one character for each octet. */
  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** A part of the line as text, without blanks around it. */
  String stripped(int from, int to) {
    int first = from;
    int end = to;
    while (first < end && Octets.isBlank(bytes[first])) {
      first++;
    }
    while (end > first && Octets.isBlank(bytes[end - 1])) {
      end--;
    }
    return text(first, end);
  }

  /** Whether the line begins with a name, in whatever case; the name is given in lower case. */
  boolean startsWith(String lowercaseName) {
    if (length < lowercaseName.length()) {
      return false;
    }
    for (int i = 0; i < lowercaseName.length(); i++) {
      byte octet = bytes[i];
      int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
      if (lower != lowercaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
