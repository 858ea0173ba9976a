package io.tidegate.engine.signup.desk;

/**
 * The desk cannot do now what it was asked; it may have done it if the connection broke at the end.
 */
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
