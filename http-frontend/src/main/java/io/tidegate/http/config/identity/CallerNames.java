package io.tidegate.http.config.identity;

import java.util.stream.Stream;

/**
 * What the parts of another server's word on a caller are called: the claims of a token, or the
 * headers of a request.
 *
 * @param subscriber who it is
 * @param tier their tier
 * @param since since when they have been a subscriber
 */
public record CallerNames(String subscriber, String tier, String since) {

  public CallerNames {
    if (Stream.of(subscriber, tier, since).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("identity: the name of a claim or header is empty");
    }
    if (Stream.of(subscriber, tier, since).distinct().count() < 3) {
      throw new IllegalArgumentException(
          "identity: subscriber, tier and since need names of their own");
    }
  }

  /** All three. */
  public Stream<String> all() {
    return Stream.of(subscriber, tier, since);
  }
}
