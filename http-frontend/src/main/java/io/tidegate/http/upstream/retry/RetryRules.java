package io.tidegate.http.upstream.retry;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.config.upstream.RetryOn;
import io.tidegate.http.upstream.selection.Place;
import java.util.Optional;

/** Which kind of failure an outcome or a status is, as far as retries go by it. */
public final class RetryRules {

  private static final int ERRORS = 500;

  private RetryRules() {}

  /** The kind of an outcome before an answer began; empty if it is none that is tried again. */
  public static Optional<RetryOn> kindOf(Outcome outcome) {
    return switch (outcome) {
      case UPSTREAM_DIED -> Optional.of(RetryOn.DIED);
      case FIRST_BYTE_TIMEOUT -> Optional.of(RetryOn.LATE);
      default -> Optional.empty();
    };
  }

  /** The kind of an answer by its status; empty if it is to be passed on. */
  public static Optional<RetryOn> kindOf(int status) {
    if (Place.isBusy(status)) {
      return Optional.of(RetryOn.BUSY);
    }
    return status >= ERRORS ? Optional.of(RetryOn.ERROR) : Optional.empty();
  }
}
