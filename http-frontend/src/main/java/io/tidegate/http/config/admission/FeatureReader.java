package io.tidegate.http.config.admission;

import io.tidegate.engine.admission.Feature;
import io.tidegate.http.config.admission.FeatureConfig.Match;
import io.tidegate.http.config.yaml.Durations;
import io.tidegate.http.config.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the features and what each of them is matched by. */
public final class FeatureReader {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Pattern QUOTA = Pattern.compile("(\\d{1,9}) per (\\S+)");
  private static final List<String> MATCHES =
      List.of("model", "tool", "image_input", "max_tokens_over");

  private FeatureReader() {}

  /** Reads all of them in the order of the file; one that is wrong is reported and left out. */
  public static List<FeatureConfig> read(Section root, TierConfig tiers) {
    List<FeatureConfig> features = new ArrayList<>();
    Map<String, Optional<Draft>> drafts =
        root.sections("features", section -> feature(section, tiers));
    for (Map.Entry<String, Optional<Draft>> draft : drafts.entrySet()) {
      if (!NAME.matcher(draft.getKey()).matches()) {
        root.report(
            "features", "`" + draft.getKey() + "` is no name, it needs the form of a tier's");
      } else {
        draft.getValue().ifPresent(found -> features.add(found.named(draft.getKey())));
      }
    }
    if (features.size() > Allowed.FEATURES) {
      root.report("features", features.size() + " are too many, allowed 0 to " + Allowed.FEATURES);
      return List.of();
    }
    return features;
  }

  private interface Draft {
    FeatureConfig named(String name);
  }

  private static Optional<Draft> feature(Section section, TierConfig tiers) {
    Optional<Match> match = section.section("match", inner -> match(section, inner));
    List<String> allowed = section.words("tiers").orElse(List.of());
    for (String tier : allowed) {
      if (!tiers.names().contains(tier)) {
        section.report("tiers", TierReader.unknown(tier, tiers.names()));
        return Optional.empty();
      }
    }
    var seats = (int) section.integer("seats", Allowed.FEATURE_SEATS).orElse(1);
    var maxShare = section.share("max_share");
    Optional<Feature.Quota> quota = section.text("quota").flatMap(text -> quota(section, text));
    return match.map(
        found -> name -> new FeatureConfig(name, found, allowed, seats, maxShare, quota));
  }

  /** Exactly one thing is looked at, so that nobody wonders how several would go together. */
  private static Optional<Match> match(Section feature, Section section) {
    Optional<String> model = section.text("model");
    Optional<String> tool = section.text("tool");
    Optional<String> image = section.text("image_input");
    OptionalLong tokens = section.integer("max_tokens_over", Allowed.MAX_TOKENS_OVER);
    List<String> given = MATCHES.stream().filter(section::has).toList();
    if (given.size() != 1) {
      feature.report("match", "needs exactly one of " + String.join(", ", MATCHES));
      return Optional.empty();
    }
    if (image.isPresent() && !image.get().equals("true")) {
      section.report("image_input", "`" + image.get() + "` is not allowed, only true is");
      return Optional.empty();
    }
    return switch (given.get(0)) {
      case "model" -> model.map(Match.Model::new);
      case "tool" -> tool.map(Match.Tool::new);
      case "image_input" -> image.map(yes -> Match.ImageInput.PRESENT);
      default ->
          tokens.isPresent()
              ? Optional.of(new Match.MaxTokensOver((int) tokens.getAsLong()))
              : Optional.empty();
    };
  }

  private static Optional<Feature.Quota> quota(Section section, String text) {
    Matcher matcher = QUOTA.matcher(text);
    Optional<Duration> per =
        matcher.matches() ? Durations.parse(matcher.group(2)) : Optional.empty();
    if (per.isEmpty()) {
      section.report("quota", "`" + text + "` has not the form `40 per 3h`");
      return Optional.empty();
    }
    long uses = Long.parseLong(matcher.group(1));
    if (!Allowed.FEATURE_USES.contains(uses)) {
      section.report("quota", Allowed.FEATURE_USES.refusal(uses));
    } else if (per.get().toMillis() < 1_000
        || per.get().compareTo(Allowed.LONGEST_FEATURE_QUOTA) > 0) {
      section.report(
          "quota",
          matcher.group(2)
              + " is out of range, allowed 1s to "
              + Durations.print(Allowed.LONGEST_FEATURE_QUOTA));
    } else {
      return Optional.of(new Feature.Quota((int) uses, per.get()));
    }
    return Optional.empty();
  }
}
