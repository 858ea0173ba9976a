package io.tidegate.http.signup;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * When an event is told again whose listener did not take it: after seconds, minutes, hours, each
 * wait up to a tenth longer by chance, until a day after it happened.
 */
final class Backoff {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2));

  private static final Duration GIVEN_UP = Duration.ofHours(24);

  private Backoff() {}

  /**
   * When to try again; empty: never.
   *
   * @param failed attempts, this one included
   * @param chance from 0 to 1
   */
  static OptionalLong next(int failed, long createdAtMillis, long nowMillis, double chance) {
    if (nowMillis - createdAtMillis >= GIVEN_UP.toMillis()) {
      return OptionalLong.empty();
    }
    long wait = WAITS.get(Math.min(failed, WAITS.size()) - 1).toMillis();
    return OptionalLong.of(nowMillis + wait + (long) (wait * chance / 10));
  }
}
