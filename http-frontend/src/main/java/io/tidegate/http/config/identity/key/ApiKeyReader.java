package io.tidegate.http.config.identity.key;

import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierReader;
import io.tidegate.http.config.yaml.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads one API key, given as itself or as its digest; neither is ever part of a message. */
public final class ApiKeyReader {

  private ApiKeyReader() {}

  /**
   * Reads a key that was not seen before.
   *
   * @param seen the digests of the keys so far, to which this one is added
   */
  public static Optional<ApiKeyConfig> read(Section section, TierConfig tiers, Set<Sha256> seen) {
    Optional<Sha256> digest = digest(section);
    Optional<String> subscriber = section.required("subscriber");
    Optional<String> tier = section.required("tier");
    Optional<Instant> since = section.text("subscribed_at").flatMap(text -> instant(section, text));
    if (tier.isPresent() && !tiers.names().contains(tier.get())) {
      section.report("tier", TierReader.unknown(tier.get(), tiers.names()));
      return Optional.empty();
    }
    if (digest.isPresent() && !seen.add(digest.get())) {
      section.report(
          section.has("key") ? "key" : "key_sha256", "is the key of an earlier entry, too");
      return Optional.empty();
    }
    if (digest.isEmpty() || subscriber.isEmpty() || tier.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ApiKeyConfig(digest.get(), subscriber.get(), tier.get(), since));
  }

  private static Optional<Instant> instant(Section section, String text) {
    try {
      return Optional.of(SubscribedAt.parse(text));
    } catch (DateTimeException e) {
      section.report("subscribed_at", "`" + text + "` is no time, write 2023-03-01T00:00:00Z");
      return Optional.empty();
    }
  }

  private static Optional<Sha256> digest(Section section) {
    Optional<String> key = section.secret("key");
    Optional<String> hex = section.secret("key_sha256");
    if (key.isPresent() && hex.isPresent()) {
      section.report("key", "and `key_sha256` are both given, allowed is one of them");
      return Optional.empty();
    }
    if (!section.has("key") && !section.has("key_sha256")) {
      section.report("key", "is missing; give it, or its SHA-256 as `key_sha256`");
      return Optional.empty();
    }
    try {
      return key.map(Sha256::of).or(() -> hex.map(Sha256::parseHex));
    } catch (IllegalArgumentException e) {
      section.report("key_sha256", "is not a SHA-256, which has 64 hexadecimal digits");
      return Optional.empty();
    }
  }
}
