package io.tidegate.http.config.identity;

import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.admission.TierReader;
import io.tidegate.http.config.yaml.Section;
import java.util.Optional;

/**
 * The keys of a section that say where to look for another server's word on a caller.
 *
 * @param subscriber the key that names where the subscriber is found
 * @param tier the same of the tier
 * @param since the same of the beginning of the subscription
 */
record OthersWord(String subscriber, String tier, String since) {

  /** The configured names, and the usual one for each that is not. */
  static CallerNames names(Section section, OthersWord keys, CallerNames usual) {
    String subscriber = section.text(keys.subscriber()).orElse(usual.subscriber());
    String tier = section.text(keys.tier()).orElse(usual.tier());
    String since = section.text(keys.since()).orElse(usual.since());
    if (subscriber.equalsIgnoreCase(tier)
        || tier.equalsIgnoreCase(since)
        || since.equalsIgnoreCase(subscriber)) {
      section.report(keys.subscriber(), "has the name of another, each needs its own");
      return usual;
    }
    return new CallerNames(subscriber, tier, since);
  }

  /** A tier that exists, if one is given. */
  static Optional<String> tier(Section section, String key, TierConfig tiers) {
    Optional<String> tier = section.text(key);
    if (tier.isPresent() && !tiers.names().contains(tier.get())) {
      section.report(key, TierReader.unknown(tier.get(), tiers.names()));
      return Optional.empty();
    }
    return tier;
  }
}
