package io.tidegate.engine.quota;

import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.tier.TierTable;
import java.util.Collections;
import java.util.List;

/**
 * What there is to be shared out.
 *
 * @param byTier a tier's quotas are at its index
 * @param features all that are configured; a feature's index is its place
 * @param maxSubscribers of how many subscribers books are kept at once, at least 1. At the bound a
 *     subscriber without an account is refused: letting them in uncounted would lift every quota
 *     for whoever can come under many names
 */
public record QuotaSettings(List<TierQuotas> byTier, List<Feature> features, int maxSubscribers) {
  /** Enough for everybody who comes within some minutes to a large installation. */
  public static final int DEFAULT_MAX_SUBSCRIBERS = 1_000_000;

  public QuotaSettings {
    byTier = List.copyOf(byTier);
    features = List.copyOf(features);
    if (maxSubscribers < 1) {
      throw new IllegalArgumentException(
          "books must be kept of at least one subscriber, not " + maxSubscribers);
    }
    for (int place = 0; place < features.size(); place++) {
      Feature feature = features.get(place);
      if (feature.index() != place) {
        throw new IllegalArgumentException(
            "feature %s is number %d in the list and says %d"
                .formatted(feature.name(), place, feature.index()));
      }
    }
  }

  /** Nobody is capped, and there are no features. */
  public static QuotaSettings unlimited(TierTable tiers) {
    return new QuotaSettings(
        Collections.nCopies(tiers.tiers().size(), TierQuotas.unlimited()),
        List.of(),
        DEFAULT_MAX_SUBSCRIBERS);
  }
}
