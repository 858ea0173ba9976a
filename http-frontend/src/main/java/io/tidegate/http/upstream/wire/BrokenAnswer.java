package io.tidegate.http.upstream.wire;

/** What an upstream sent is not to be understood, or not whole. It is no bug of the gate's. */
final class BrokenAnswer extends Exception {

  private static final long serialVersionUID = 1L;

  BrokenAnswer(String message) {
    super(message, null, false, false);
  }
}
