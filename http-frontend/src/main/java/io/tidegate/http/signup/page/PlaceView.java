package io.tidegate.http.signup.page;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Somebody's place on the wait-list, as the page shows it to whoever knows its id.
 *
 * @param status what has become of it
 * @param ahead how many are called before; empty once it does not wait
 * @param lowSeconds the shortest estimated wait; empty with the longest: it cannot be said
 * @param highSeconds the longest estimated wait
 */
public record PlaceView(
    Status status, OptionalLong ahead, OptionalLong lowSeconds, OptionalLong highSeconds) {

  /** What has become of a place. */
  public enum Status {
    WAITING,
    INVITED,
    CONVERTED,
    EXPIRED,
    LEFT
  }

  public PlaceView {
    Objects.requireNonNull(status, "status");
  }
}
