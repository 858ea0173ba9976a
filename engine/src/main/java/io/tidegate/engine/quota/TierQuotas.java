package io.tidegate.engine.quota;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one tier and each of its subscribers are entitled to. Whatever is empty is unlimited.
 *
 * @param sessions sessions of the whole tier that may be open at once, 0 or more
 * @param sessionsPerSubscriber sessions that one subscriber may have open, at least 1
 * @param parallelRequests requests that one subscriber may have in progress or waiting, at least 1
 * @param requestsPerMinute admitted requests of one subscriber, at least 1
 * @param tokensPerMinute tokens of prompts and answers of one subscriber, at least 1
 */
public record TierQuotas(
    OptionalInt sessions,
    OptionalInt sessionsPerSubscriber,
    OptionalInt parallelRequests,
    OptionalInt requestsPerMinute,
    OptionalLong tokensPerMinute) {

  public TierQuotas {
    requireAtLeast("sessions", sessions, 0);
    requireAtLeast("sessions per subscriber", sessionsPerSubscriber, 1);
    requireAtLeast("parallel requests", parallelRequests, 1);
    requireAtLeast("requests per minute", requestsPerMinute, 1);
    if (tokensPerMinute.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "a quota of tokens per minute is at least 1, not " + tokensPerMinute.getAsLong());
    }
  }

  /** Nobody is capped. */
  public static TierQuotas unlimited() {
    return new TierQuotas(
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty());
  }

  private static void requireAtLeast(String what, OptionalInt given, int least) {
    if (given.orElse(least) < least) {
      throw new IllegalArgumentException(
          "a quota of %s is at least %d, not %d".formatted(what, least, given.getAsInt()));
    }
  }
}
