package io.tidegate.engine.signup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key as the store knows it: never the key itself.
 *
 * @param hash SHA-256 of the key, in hexadecimal digits
 * @param subscriberId whose; empty: the operator's own sign-up service
 * @param label what the operator calls it; may be empty
 * @param revokedAtMillis when it stopped to work
 */
public record ApiKey(
    String id,
    String hash,
    Optional<String> subscriberId,
    String label,
    long createdAtMillis,
    OptionalLong revokedAtMillis) {

  public ApiKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(subscriberId, "subscriberId");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(revokedAtMillis, "revokedAtMillis");
  }

  /** Whether it belongs to the operator's own sign-up service. */
  public boolean service() {
    return subscriberId.isEmpty();
  }
}
