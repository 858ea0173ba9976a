package io.tidegate.http.config.admission;

import io.tidegate.engine.admission.Feature;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A kind of request that costs more than an ordinary one, or is scarce.
 *
 * @param name a metric's label: 1 to 32 lower-case letters, digits, {@code _} and {@code -}
 * @param match which requests are of the kind
 * @param tiers who may use it; empty: everybody
 * @param seats what one such request costs, 1 to 10000
 * @param maxShare the largest part of the limit that all of them may hold, above 0 to 1
 * @param quota how often one subscriber may use it
 */
public record FeatureConfig(
    String name,
    Match match,
    List<String> tiers,
    int seats,
    OptionalDouble maxShare,
    Optional<Feature.Quota> quota) {

  /** What is looked at in a request. */
  public sealed interface Match {

    /**
     * The model it names.
     *
     * @param glob in which {@code *} stands for any text
     */
    record Model(String glob) implements Match {}

    /**
     * A tool it offers to the model.
     *
     * @param glob the tool's type, or a function's name
     */
    record Tool(String glob) implements Match {}

    /** Whether a picture is part of its prompt. */
    enum ImageInput implements Match {
      PRESENT
    }

    /**
     * The longest answer it allows.
     *
     * @param tokens matched by more of them
     */
    record MaxTokensOver(int tokens) implements Match {}
  }

  public FeatureConfig {
    Objects.requireNonNull(match, "match");
    tiers = List.copyOf(tiers);
    Allowed.FEATURE_SEATS.check("features.seats", seats);
    Objects.requireNonNull(quota, "quota");
  }
}
