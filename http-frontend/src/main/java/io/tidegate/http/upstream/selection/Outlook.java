package io.tidegate.http.upstream.selection;

/** Whether there is an upstream for a request, and if not, why not. */
public sealed interface Outlook {

  /** There is one. */
  enum Ready implements Outlook {
    INSTANCE
  }

  /** None serves its model. */
  enum NoModel implements Outlook {
    INSTANCE
  }

  /** Those that serve it have all the seats taken that they are good for. */
  enum Full implements Outlook {
    INSTANCE
  }

  /**
   * None of those that serve it can take a request.
   *
   * @param retryNanos when that may be different, above 0
   */
  record Down(long retryNanos) implements Outlook {}
}
