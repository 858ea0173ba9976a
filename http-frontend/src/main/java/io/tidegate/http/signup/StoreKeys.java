package io.tidegate.http.signup;

import io.tidegate.engine.signup.desk.secret.KeyBook;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import io.tidegate.http.config.identity.key.Sha256;
import io.tidegate.http.identity.KeySource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The keys of the store, beside those of the configuration. A service's key is nobody's here: it
 * sells and is not served.
 *
 * <p>Threading: safe for all; a look into a map.
 */
public final class StoreKeys implements KeySource {
  private final KeyBook keys;
  private final TierTable tiers;

  public StoreKeys(KeyBook keys, TierTable tiers) {
    this.keys = keys;
    this.tiers = tiers;
  }

  @Override
  public Optional<Subscriber> find(Sha256 digest) {
    return keys.find(digest.hex())
        .flatMap(KeyBook.Holder::subscription)
        .flatMap(
            subscription ->
                tiers
                    .find(subscription.plan())
                    .map(
                        tier ->
                            new Subscriber(
                                subscription.id(),
                                tier,
                                OptionalLong.of(subscription.subscribedAtMillis()))));
  }
}
