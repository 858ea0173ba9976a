package io.tidegate.http.identity;

import static io.tidegate.http.identity.TokenMaker.AUDIENCE;
import static io.tidegate.http.identity.TokenMaker.ISSUER;
import static io.tidegate.http.identity.TokenMaker.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.JwtConfig;
import io.tidegate.http.config.identity.JwtConfig.Keys;
import io.tidegate.http.config.identity.SigningAlgorithm;
import io.tidegate.http.config.identity.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final TierTable TIERS = TierTable.defaults();
  private static final TokenMaker MAKER = TokenMaker.withKey("one");
  private static final Duration SKEW = Duration.ofSeconds(30);

  private Instant now = Instant.now();

  private Tokens tokens(Optional<String> defaultTier) throws Exception {
    return Tokens.of(
        new JwtConfig(
            new Keys.Fixed(MAKER.key().toRSAPublicKey()),
            SigningAlgorithm.RS256,
            ISSUER,
            AUDIENCE,
            JwtConfig.USUAL_CLAIMS,
            defaultTier,
            SKEW),
        TIERS,
        () -> now);
  }

  private Optional<Subscriber> find(String token) throws Exception {
    return find(tokens(Optional.empty()), token);
  }

  private static Optional<Subscriber> find(Tokens tokens, String token) {
    return tokens.find(token, Sha256.of(token)) instanceof Caller.Known known
        ? Optional.of(known.subscriber())
        : Optional.empty();
  }

  private static UnaryOperator<JWTClaimsSet.Builder> claim(String name, Object value) {
    return claims -> claims.claim(name, value);
  }

  @Test
  void tellsSubscriberAndTier() throws Exception {
    assertThat(find(MAKER.token())).contains(new Subscriber("alice", TIERS.find("free").get()));
  }

  @Test
  void tellsSinceWhenInSecondsOrAsText() throws Exception {
    for (Object since : List.of(1_677_628_800L, "2023-03-01T00:00:00Z", "2023-03-01")) {
      assertThat(find(MAKER.token(claim("subscribed_at", since))))
          .map(Subscriber::subscribedAtEpochMillis)
          .contains(OptionalLong.of(1_677_628_800_000L));
    }
    assertThat(find(MAKER.token(claim("subscribed_at", "long ago"))))
        .map(Subscriber::subscribedAtEpochMillis)
        .contains(OptionalLong.empty());
  }

  @Test
  void takesTheDefaultTierOnlyWhereNoneIsNamedThatExists() throws Exception {
    String gold = MAKER.token(claim("plan", "gold"));
    String none = MAKER.token(claim("plan", null));
    assertThat(find(gold)).isEmpty();
    assertThat(find(none)).isEmpty();
    Tokens withDefault = tokens(Optional.of("new"));
    assertThat(find(withDefault, gold)).map(found -> found.tier().name()).contains("new");
    assertThat(find(withDefault, none)).map(found -> found.tier().name()).contains("new");
    assertThat(find(withDefault, MAKER.token())).map(found -> found.tier().name()).contains("free");
  }

  @Test
  void refusesWhatIsForOthersOrByOthersOrNamesNobody() throws Exception {
    assertThat(find(MAKER.token(claim("aud", "another")))).isEmpty();
    assertThat(find(MAKER.token(claim("aud", List.of("another", AUDIENCE))))).isPresent();
    assertThat(find(MAKER.token(claim("aud", null)))).isEmpty();
    assertThat(find(MAKER.token(claim("iss", "https://evil.test/")))).isEmpty();
    assertThat(find(MAKER.token(claim("sub", null)))).isEmpty();
    assertThat(find(MAKER.token(claim("sub", " ")))).isEmpty();
    assertThat(find(MAKER.token(claim("sub", "s".repeat(257))))).isEmpty();
    assertThat(find(MAKER.token(claim("sub", "anonymous:127.0.0.1")))).isEmpty();
    assertThat(find(TokenMaker.withKey("one").token())).isEmpty();
  }

  @Test
  void refusesWhatHasExpiredOrHasNotBegun() throws Exception {
    assertThat(find(expiring(-20))).as("within the skew").isPresent();
    assertThat(find(expiring(-40))).isEmpty();
    assertThat(find(MAKER.token(claims -> claims.expirationTime(null)))).isEmpty();
    assertThat(find(MAKER.token(claims -> claims.notBeforeTime(at(now.plusSeconds(20))))))
        .isPresent();
    assertThat(find(MAKER.token(claims -> claims.notBeforeTime(at(now.plusSeconds(40))))))
        .isEmpty();
  }

  private String expiring(int seconds) {
    return MAKER.token(claims -> claims.expirationTime(at(now.plusSeconds(seconds))));
  }

  /** Shown red by a cache that forgets when its tokens expire. */
  @Test
  void forgetsATokenWhenItExpires() throws Exception {
    Tokens tokens = tokens(Optional.empty());
    String token = expiring(60);
    assertThat(find(tokens, token)).isPresent();
    assertThat(find(tokens, token)).isPresent();
    now = now.plusSeconds(60 + SKEW.toSeconds() + 1);
    assertThat(find(tokens, token)).isEmpty();
  }

  @Test
  void refusesATokenThatChoosesItsAlgorithm() throws Exception {
    String none =
        new PlainJWT(
                new JWTClaimsSet.Builder()
                    .issuer(ISSUER)
                    .audience(AUDIENCE)
                    .subject("alice")
                    .claim("plan", "plus")
                    .expirationTime(at(now.plusSeconds(600)))
                    .build())
            .serialize();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(MAKER.key().toRSAPublicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    assertThat(find(none)).isEmpty();
    for (byte[] secret :
        List.of(pem.getBytes(StandardCharsets.UTF_8), MAKER.key().toRSAPublicKey().getEncoded())) {
      assertThat(
              find(
                  MAKER.token(
                      JWSAlgorithm.HS256,
                      JOSEObjectType.JWT,
                      UnaryOperator.identity(),
                      new MACSigner(secret))))
          .isEmpty();
    }
    assertThat(find(MAKER.token(JWSAlgorithm.RS512, JOSEObjectType.JWT, UnaryOperator.identity())))
        .isEmpty();
  }

  @Test
  void takesAccessTokensAndNoTokensMadeForOtherEnds() throws Exception {
    for (String type : List.of("JWT", "jwt", "at+jwt")) {
      assertThat(find(ofType(type))).as(type).isPresent();
    }
    assertThat(find(ofType("logout+jwt"))).isEmpty();
  }

  private static String ofType(String type) {
    return MAKER.token(JWSAlgorithm.RS256, new JOSEObjectType(type), UnaryOperator.identity());
  }

  @Test
  void refusesATokenThatWasChanged() throws Exception {
    String[] parts = MAKER.token().split("\\.", -1);
    String claims = new Base64URL(parts[1]).decodeToString().replace("free", "plus");
    assertThat(claims).contains("plus");
    assertThat(find(parts[0] + "." + Base64URL.encode(claims) + "." + parts[2])).isEmpty();
    assertThat(find(parts[0] + "." + parts[1] + ".")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eyJ", "eyJ.eyJ.eyJ", "sk-key", "eyJhbGciOiJSUzI1NiJ9..", "....."})
  void refusesWhatIsNoToken(String text) throws Exception {
    assertThat(find(text)).isEmpty();
  }

  @Test
  void refusesNestingThatWouldEndAParser() throws Exception {
    String deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
    String part = Base64URL.encode(deep).toString();
    assertThat(find(part + "." + part + ".AAAA")).isEmpty();
  }
}
