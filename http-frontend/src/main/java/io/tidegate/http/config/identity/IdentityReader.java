package io.tidegate.http.config.identity;

import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.yaml.Section;
import java.util.HashSet;
import java.util.Set;

/** Reads who is known. */
public final class IdentityReader {

  private IdentityReader() {}

  /** The section {@code identity}, whose callers are of the tiers given. */
  public static IdentityConfig read(Section section, TierConfig tiers) {
    Set<Sha256> seen = new HashSet<>();
    return new IdentityConfig(
        section.items("api_keys", item -> ApiKeyReader.read(item, tiers, seen)),
        (int)
            section
                .integer("max_subscribers", IdentityConfig.SUBSCRIBERS)
                .orElse(IdentityConfig.none().maxSubscribers()));
  }
}
