package io.tidegate.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.key.Sha256;
import org.junit.jupiter.api.Test;

class SeenTokensTest {

  private static final Subscriber ALICE = new Subscriber("alice", TierTable.defaults().best());

  private final SeenTokens seen = new SeenTokens(100);

  @Test
  void neverKeepsMoreThanItsBound() {
    for (int i = 0; i < 10_000; i++) {
      seen.add(Sha256.of("token " + i), ALICE, 1_000);
      assertThat(seen.size()).isLessThanOrEqualTo(100);
    }
  }

  @Test
  void keepsWhoComesAgain() {
    Sha256 often = Sha256.of("often");
    seen.add(often, ALICE, 1_000);
    for (int i = 0; i < 1_000; i++) {
      seen.add(Sha256.of("token " + i), ALICE, 1_000);
      if (i % 20 == 0) {
        assertThat(seen.find(often, 0)).as("after %d others", i).contains(ALICE);
      }
    }
    assertThat(seen.find(Sha256.of("token 1"), 0)).isEmpty();
  }

  @Test
  void knowsATokenUntilItExpires() {
    Sha256 token = Sha256.of("token");
    seen.add(token, ALICE, 1_000);
    assertThat(seen.find(token, 999)).contains(ALICE);
    assertThat(seen.find(token, 1_000)).isEmpty();
  }
}
