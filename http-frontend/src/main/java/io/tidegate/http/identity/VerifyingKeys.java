package io.tidegate.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.tidegate.http.config.identity.JwtConfig;
import java.security.Key;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys that tokens are checked with at one time, and the tokens that were found good by them.
 * When a key is taken back, what it had signed goes with it.
 *
 * <p>Threading: safe for all.
 */
final class VerifyingKeys {

  /** Some hundred bytes each; whoever does not fit is checked again. */
  private static final int MAX_SEEN = 100_000;

  private final JWSAlgorithm algorithm;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final SeenTokens seen = new SeenTokens(MAX_SEEN);
  private final Predicate<String> knowsKeyId;

  private VerifyingKeys(
      JwtConfig config,
      JWSKeySelector<SecurityContext> selector,
      Predicate<String> knowsKeyId,
      InstantSource clock) {
    this.algorithm = algorithm(config);
    this.knowsKeyId = knowsKeyId;
    processor.setJWSKeySelector(selector);
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(new Claims(config, clock));
  }

  /** One key for all tokens, whatever key they name. */
  static VerifyingKeys of(JwtConfig config, Key key, InstantSource clock) {
    return new VerifyingKeys(
        config, new SingleKeyJWSKeySelector<>(algorithm(config), key), any -> true, clock);
  }

  /** A set of keys, of which a token names one. */
  static VerifyingKeys of(JwtConfig config, JWKSet keys, InstantSource clock) {
    return new VerifyingKeys(
        config,
        new JWSVerificationKeySelector<>(algorithm(config), new ImmutableJWKSet<>(keys)),
        id -> keys.getKeyByKeyId(id) != null,
        clock);
  }

  SeenTokens seen() {
    return seen;
  }

  /** Whether a token is signed as configured, by a key of which nothing is known here. */
  boolean namesAnotherKey(SignedJWT token) {
    String id = token.getHeader().getKeyID();
    return id != null && token.getHeader().getAlgorithm().equals(algorithm) && !knowsKeyId.test(id);
  }

  /** The claims of a token that is good now; empty if it is not. */
  Optional<JWTClaimsSet> verify(SignedJWT token) {
    try {
      return Optional.of(processor.process(token, null));
    } catch (BadJOSEException | JOSEException bad) {
      return Optional.empty();
    }
  }

  private static JWSAlgorithm algorithm(JwtConfig config) {
    return JWSAlgorithm.parse(config.algorithm().name());
  }

  /** Issuer and audience as configured, not expired, not before its time. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final InstantSource clock;

    Claims(JwtConfig config, InstantSource clock) {
      super(
          config.audience(),
          new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
          Set.of("exp", config.claims().subscriber()));
      this.clock = clock;
      setMaxClockSkew(Math.toIntExact(config.clockSkew().toSeconds()));
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
