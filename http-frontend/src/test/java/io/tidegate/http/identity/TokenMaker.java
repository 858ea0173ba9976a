package io.tidegate.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Makes tokens as an identity server does, and such as none would. */
final class TokenMaker {

  static final String ISSUER = "https://id.test/";
  static final String AUDIENCE = "tidegate";

  private final RSAKey key;

  private TokenMaker(RSAKey key) {
    this.key = key;
  }

  /** One with a key of its own, which it calls so. */
  static TokenMaker withKey(String id) {
    try {
      return new TokenMaker(new RSAKeyGenerator(2_048).keyID(id).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A good token of that one's, but that it names another key. */
  static String like(TokenMaker maker, String keyId) {
    return new TokenMaker(new RSAKey.Builder(maker.key).keyID(keyId).build()).token();
  }

  RSAKey key() {
    return key;
  }

  /** A good token of alice's, whose plan is free, for ten minutes. */
  String token() {
    return token(UnaryOperator.identity());
  }

  /** The same with other claims. */
  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return token(JWSAlgorithm.RS256, JOSEObjectType.JWT, change);
  }

  String token(
      JWSAlgorithm algorithm, JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) {
    try {
      return token(algorithm, type, change, new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String token(
      JWSAlgorithm algorithm,
      JOSEObjectType type,
      UnaryOperator<JWTClaimsSet.Builder> change,
      JWSSigner signer) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(type).keyID(key.getKeyID()).build(),
            change
                .apply(
                    new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .subject("alice")
                        .claim("plan", "free")
                        .expirationTime(at(Instant.now().plusSeconds(600))))
                .build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  @SuppressWarnings("JavaUtilDate") // what the library takes
  static Date at(Instant instant) {
    return Date.from(instant);
  }
}
