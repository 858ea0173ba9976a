package io.tidegate.http.config.identity;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may say by headers who is calling: another proxy, which has found it out.
 *
 * @param from the networks such a proxy connects from, at least one
 * @param names the headers, in lower case
 * @param defaultTier of whoever comes without a tier that exists; empty: they are refused
 */
public record TrustedHeadersConfig(
    List<Network> from, CallerNames names, Optional<String> defaultTier) {

  /** The headers that are read unless others are configured. */
  public static final CallerNames USUAL_NAMES =
      new CallerNames("x-subscriber-id", "x-tier", "x-subscribed-at");

  public TrustedHeadersConfig {
    from = List.copyOf(from);
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(defaultTier, "defaultTier");
    if (from.isEmpty()) {
      throw new IllegalArgumentException("identity.trusted_headers.from: names no network");
    }
  }
}
