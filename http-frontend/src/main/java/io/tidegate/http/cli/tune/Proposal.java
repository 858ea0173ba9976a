package io.tidegate.http.cli.tune;

import java.util.Objects;
import java.util.Optional;

/**
 * What the recording says about one setting.
 *
 * @param key of the configuration
 * @param value that is proposed; empty: the recording does not tell
 * @param reason what it rests on, or why there is none
 */
record Proposal(String key, Optional<String> value, String reason) {

  Proposal {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(reason, "reason");
  }

  static Proposal of(String key, String value, String reason) {
    return new Proposal(key, Optional.of(value), reason);
  }

  static Proposal none(String key, String reason) {
    return new Proposal(key, Optional.empty(), reason);
  }
}
