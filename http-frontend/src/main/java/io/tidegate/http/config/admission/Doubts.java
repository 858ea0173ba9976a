package io.tidegate.http.config.admission;

import io.tidegate.http.config.admission.limit.LimitConfig;
import io.tidegate.http.config.admission.limit.LimitMode;
import java.util.ArrayList;
import java.util.List;

/** What a configuration may say, but can hardly mean. */
public final class Doubts {

  private Doubts() {}

  /** Sentences for whoever wrote it; none if all seems well. */
  public static List<String> about(LimitConfig limit, TierConfig tiers, List<FeatureConfig> all) {
    List<String> doubts = new ArrayList<>();
    int most = limit.mode() == LimitMode.ADAPTIVE ? limit.max() : limit.seats().orElse(limit.max());
    int reserve = limit.reserve().orElse(0);
    for (FeatureConfig feature : all) {
      if (feature.seats() > most) {
        doubts.add(
            "features.%s.seats: %d are more than the %d there are, so that nobody is ever let in"
                .formatted(feature.name(), feature.seats(), most));
      } else if (feature.seats() > most - reserve && tiers.names().size() > 1) {
        doubts.add(
            "features.%s.seats: %d fit for the best tier alone, the others have no more than %d"
                .formatted(feature.name(), feature.seats(), most - reserve));
      } else if (feature.seats() > (int) (feature.maxShare().orElse(1) * most)) {
        doubts.add(
            "features.%s.max_share: %s of the %d seats there are is less than one request takes"
                .formatted(feature.name(), feature.maxShare().getAsDouble(), most));
      }
    }
    return doubts;
  }
}
