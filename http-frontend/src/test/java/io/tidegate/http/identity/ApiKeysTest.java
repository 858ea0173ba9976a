package io.tidegate.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.key.ApiKeyConfig;
import io.tidegate.http.config.identity.key.Sha256;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

  private static final TierTable TIERS = TierTable.defaults();

  private final ApiKeys keys =
      ApiKeys.of(
          List.of(
              ApiKeyConfig.ofKey("sk-one", "alice", "plus"),
              ApiKeyConfig.ofKey("sk-two", "alice", "plus"),
              ApiKeyConfig.ofKey("sk-three", "bob", "free")),
          TIERS);

  @Test
  void findsWhoseKeyItIs() {
    Subscriber alice = new Subscriber("alice", TIERS.find("plus").orElseThrow());
    assertThat(keys.find(Sha256.of("sk-one"))).contains(alice);
    assertThat(keys.find(Sha256.of("sk-two"))).contains(alice);
    assertThat(keys.find(Sha256.of("sk-three")).map(Subscriber::id)).contains("bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "sk-on", "sk-one ", "SK-ONE", "sk-onee", "sk-\u00f6ne"})
  void findsNobodyForAnotherKey(String key) {
    assertThat(keys.find(Sha256.of(key))).isEmpty();
  }

  /** The digest is what a thief of the configuration has; it opens nothing. */
  @Test
  void findsNobodyForADigest() {
    assertThat(keys.find(Sha256.of(Sha256.of("sk-one").hex()))).isEmpty();
  }

  /** Shown red by a lookup that compares no more than the part it looks up by. */
  @Test
  void tellsDigestsApartThatBeginAlike() {
    Sha256 real = Sha256.of("sk-one");
    Sha256 alike = new Sha256(real.first(), real.second(), real.third(), ~real.fourth());
    ApiKeys one =
        ApiKeys.of(List.of(new ApiKeyConfig(alike, "mallory", "plus", Optional.empty())), TIERS);
    assertThat(one.find(Sha256.of("sk-one"))).isEmpty();
    ApiKeys both =
        ApiKeys.of(
            List.of(
                new ApiKeyConfig(real, "alice", "plus", Optional.empty()),
                new ApiKeyConfig(alike, "mallory", "plus", Optional.empty())),
            TIERS);
    assertThat(both.find(Sha256.of("sk-one")).map(Subscriber::id)).isEqualTo(Optional.of("alice"));
  }

  @Test
  void refusesATierThatDoesNotExist() {
    assertThatThrownBy(() -> ApiKeys.of(List.of(ApiKeyConfig.ofKey("sk", "alice", "gold")), TIERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gold");
  }
}
