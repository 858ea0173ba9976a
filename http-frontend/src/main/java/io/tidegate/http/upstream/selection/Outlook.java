package io.tidegate.http.upstream.selection;

import java.util.concurrent.TimeUnit;

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
  record Down(long retryNanos) implements Outlook {

    /** The same in milliseconds, rounded up. */
    public long retryMillis() {
      return TimeUnit.NANOSECONDS.toMillis(retryNanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
    }
  }
}
