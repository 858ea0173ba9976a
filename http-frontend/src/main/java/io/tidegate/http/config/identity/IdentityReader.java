package io.tidegate.http.config.identity;

import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.identity.key.ApiKeyReader;
import io.tidegate.http.config.identity.key.Sha256;
import io.tidegate.http.config.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads who is known. */
public final class IdentityReader {

  private IdentityReader() {}

  /** The section {@code identity}, whose callers are of the tiers given. */
  public static IdentityConfig read(Section section, TierConfig tiers) {
    Set<Sha256> seen = new HashSet<>();
    return new IdentityConfig(
        Stream.of(
                section.items("api_keys", item -> ApiKeyReader.read(item, tiers, seen)),
                section.itemsOfFile("api_keys_file", item -> ApiKeyReader.read(item, tiers, seen)))
            .flatMap(List::stream)
            .toList(),
        section.section("jwt", inner -> JwtReader.read(inner, tiers)),
        section.section("trusted_headers", inner -> TrustedHeadersReader.read(inner, tiers)),
        section.section("anonymous", inner -> anonymous(inner, tiers)),
        (int)
            section
                .integer("max_subscribers", IdentityConfig.SUBSCRIBERS)
                .orElse(IdentityConfig.none().maxSubscribers()));
  }

  private static Optional<String> anonymous(Section section, TierConfig tiers) {
    Optional<String> tier = OthersWord.tier(section, "tier", tiers);
    if (section.present() && !section.has("tier")) {
      section.report("tier", "is missing");
    }
    return tier;
  }
}
