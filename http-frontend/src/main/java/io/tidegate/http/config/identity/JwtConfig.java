package io.tidegate.http.config.identity;

import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which signed tokens are believed (JSON Web Tokens, RFC 7519), and how callers are read out of
 * them.
 *
 * @param keys what signatures are checked with
 * @param algorithm the only one that is accepted
 * @param issuer whose tokens; any other's are refused
 * @param audience for whom; tokens for others are refused
 * @param claims which claims tell who it is
 * @param defaultTier of whoever comes without a tier that exists; empty: they are refused
 * @param clockSkew how far the identity server's clock may be off, 0 to 10 minutes
 */
public record JwtConfig(
    Keys keys,
    SigningAlgorithm algorithm,
    String issuer,
    String audience,
    CallerNames claims,
    Optional<String> defaultTier,
    Duration clockSkew) {

  /** The claims that are read unless others are configured. */
  public static final CallerNames USUAL_CLAIMS = new CallerNames("sub", "plan", "subscribed_at");

  static final Duration LARGEST_SKEW = Duration.ofMinutes(10);
  static final Duration DEFAULT_SKEW = Duration.ofSeconds(30);

  /** Where the keys are. */
  public sealed interface Keys {

    /**
     * On a server that publishes them (JWKS, RFC 7517) and may change them.
     *
     * @param url http or https
     * @param refresh how often they are fetched anew, 1 second to 1 day
     */
    record Server(URI url, Duration refresh) implements Keys {

      static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
      static final Duration LONGEST_REFRESH = Duration.ofDays(1);
      static final Duration DEFAULT_REFRESH = Duration.ofMinutes(5);

      public Server {
        if (!isUsable(url)) {
          throw new IllegalArgumentException(
              "identity.jwt.jwks_url: `" + url + "` is no URL of http or https");
        }
        if (refresh.compareTo(SHORTEST_REFRESH) < 0 || refresh.compareTo(LONGEST_REFRESH) > 0) {
          throw new IllegalArgumentException(
              "identity.jwt.refresh: " + refresh + " is out of range");
        }
      }

      static boolean isUsable(URI url) {
        boolean http =
            "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        return http && url.getHost() != null && url.getUserInfo() == null;
      }
    }

    /** One that is always the same. */
    record Fixed(Key key) implements Keys {

      /** Without the key, which may be a secret. */
      @Override
      public String toString() {
        return "Fixed[***]";
      }
    }
  }

  public JwtConfig {
    Objects.requireNonNull(claims, "claims");
    Objects.requireNonNull(defaultTier, "defaultTier");
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("identity.jwt: issuer and audience are needed");
    }
    if (keys instanceof Keys.Server && algorithm.isSymmetric()) {
      throw new IllegalArgumentException(
          "identity.jwt.algorithm: " + algorithm + " needs a secret, which no server publishes");
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_SKEW) > 0) {
      throw new IllegalArgumentException("identity.jwt.clock_skew: is out of range: " + clockSkew);
    }
  }
}
