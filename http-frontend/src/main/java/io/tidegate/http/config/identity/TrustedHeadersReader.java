package io.tidegate.http.config.identity;

import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads who may say by headers who is calling. */
final class TrustedHeadersReader {

  /** A header's name (RFC 9110, section 5.1). */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private TrustedHeadersReader() {}

  /** Empty if the section is absent, or wrong, which is then reported. */
  static Optional<TrustedHeadersConfig> read(Section section, TierConfig tiers) {
    List<Network> from = networks(section);
    CallerNames names = names(section);
    Optional<String> tier = OthersWord.tier(section, "default_tier", tiers);
    if (section.present() && !section.has("from")) {
      section.report("from", "is missing: name the networks that may say who is calling");
    }
    return from.isEmpty()
        ? Optional.empty()
        : Optional.of(new TrustedHeadersConfig(from, names, tier));
  }

  private static CallerNames names(Section section) {
    CallerNames names =
        OthersWord.names(
            section,
            new OthersWord("subscriber", "tier", "since"),
            TrustedHeadersConfig.USUAL_NAMES);
    if (!names.all().allMatch(name -> TOKEN.matcher(name).matches())) {
      section.report("subscriber", "or another name is no name of a header");
      return TrustedHeadersConfig.USUAL_NAMES;
    }
    return new CallerNames(
        names.subscriber().toLowerCase(Locale.ROOT),
        names.tier().toLowerCase(Locale.ROOT),
        names.since().toLowerCase(Locale.ROOT));
  }

  private static List<Network> networks(Section section) {
    List<Network> networks = new ArrayList<>();
    for (String text : section.words("from").orElse(List.of())) {
      try {
        networks.add(Network.parse(text));
      } catch (IllegalArgumentException e) {
        section.report("from", "`" + text + "` " + e.getMessage());
      }
    }
    return networks;
  }
}
