package io.tidegate.http.config.identity;

import io.tidegate.http.config.admission.TierConfig;
import io.tidegate.http.config.identity.JwtConfig.Keys;
import io.tidegate.http.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads which signed tokens are believed. */
final class JwtReader {

  private JwtReader() {}

  /** Empty if the section is absent, or wrong, which is then reported. */
  static Optional<JwtConfig> read(Section section, TierConfig tiers) {
    SigningAlgorithm algorithm = algorithm(section);
    Optional<Keys> keys = keys(section, algorithm);
    Optional<String> issuer = section.text("issuer");
    Optional<String> audience = section.text("audience");
    CallerNames claims =
        OthersWord.names(
            section,
            new OthersWord("subscriber_claim", "tier_claim", "since_claim"),
            JwtConfig.USUAL_CLAIMS);
    Optional<String> tier = OthersWord.tier(section, "default_tier", tiers);
    Duration skew =
        section
            .duration("clock_skew", Duration.ZERO, JwtConfig.LARGEST_SKEW)
            .orElse(JwtConfig.DEFAULT_SKEW);
    if (!section.present()) {
      return Optional.empty();
    }
    missing(section, "issuer", issuer);
    missing(section, "audience", audience);
    return keys.isPresent() && issuer.isPresent() && audience.isPresent()
        ? Optional.of(
            new JwtConfig(keys.get(), algorithm, issuer.get(), audience.get(), claims, tier, skew))
        : Optional.empty();
  }

  private static void missing(Section section, String key, Optional<String> value) {
    if (value.isEmpty() && !section.has(key)) {
      section.report(key, "is missing: a token made for somebody else must not be taken");
    }
  }

  private static SigningAlgorithm algorithm(Section section) {
    Optional<String> name = section.text("algorithm");
    Optional<SigningAlgorithm> known =
        Arrays.stream(SigningAlgorithm.values())
            .filter(one -> one.name().equals(name.orElse(SigningAlgorithm.RS256.name())))
            .findFirst();
    if (known.isEmpty()) {
      section.report(
          "algorithm",
          "`%s` is not known, known are %s"
              .formatted(name.get(), Arrays.toString(SigningAlgorithm.values())));
    }
    return known.orElse(SigningAlgorithm.RS256);
  }

  private static Optional<Keys> keys(Section section, SigningAlgorithm algorithm) {
    Optional<String> url = section.text("jwks_url");
    Optional<String> key = section.secret("key");
    Duration refresh =
        section
            .duration("refresh", Keys.Server.SHORTEST_REFRESH, Keys.Server.LONGEST_REFRESH)
            .orElse(Keys.Server.DEFAULT_REFRESH);
    if (!section.present()) {
      return Optional.empty();
    }
    if (url.isPresent() == key.isPresent()) {
      if (url.isPresent() || (!section.has("jwks_url") && !section.has("key"))) {
        section.report("jwks_url", "or `key` is needed, and only one of them");
      }
      return Optional.empty();
    }
    return url.isPresent()
        ? server(section, algorithm, url.get(), refresh)
        : fixed(section, algorithm, key.get());
  }

  private static Optional<Keys> server(
      Section section, SigningAlgorithm algorithm, String url, Duration refresh) {
    if (algorithm.isSymmetric()) {
      section.report("algorithm", algorithm + " needs `key`, since no server publishes a secret");
      return Optional.empty();
    }
    try {
      URI parsed = new URI(url);
      if (Keys.Server.isUsable(parsed)) {
        return Optional.of(new Keys.Server(parsed, refresh));
      }
    } catch (URISyntaxException notOne) {
      // said below
    }
    section.report("jwks_url", "`" + url + "` is no URL of http or https");
    return Optional.empty();
  }

  private static Optional<Keys> fixed(Section section, SigningAlgorithm algorithm, String key) {
    try {
      return Optional.of(new Keys.Fixed(algorithm.parseKey(key)));
    } catch (IllegalArgumentException e) {
      section.report("key", e.getMessage());
      return Optional.empty();
    }
  }
}
