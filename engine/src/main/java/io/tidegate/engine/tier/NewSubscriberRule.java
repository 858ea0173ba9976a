package io.tidegate.engine.tier;

import io.tidegate.engine.tier.ServiceClass.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Who counts as a new subscriber: whoever subscribed a short while ago, or after the present surge
 * began, but nobody for longer than a set time. They are of the new tier meanwhile, whatever they
 * have paid for.
 *
 * <p>A subscriber of whom nobody knows since when, and one whose own tier is shed before the new
 * one, keeps their tier; so does whoever is of the new tier anyway.
 *
 * <p>Immutable, and safe to share between threads; allocates nothing.
 */
public final class NewSubscriberRule {
  /** Stands for a surge's beginning while there is none: nobody subscribes after it. */
  public static final long NO_SURGE = Long.MAX_VALUE;

  private static final NewSubscriberRule OFF = new NewSubscriberRule(Optional.empty(), 0, 0, null);

  private final Optional<Tier> newTier;
  private final long forMillis;
  private final long atMostMillis;
  private final TierTable tiers;

  private NewSubscriberRule(
      Optional<Tier> newTier, long forMillis, long atMostMillis, TierTable tiers) {
    this.newTier = newTier;
    this.forMillis = forMillis;
    this.atMostMillis = atMostMillis;
    this.tiers = tiers;
  }

  /** Everybody keeps their tier. */
  public static NewSubscriberRule off() {
    return OFF;
  }

  /**
   * A rule for the tier of that name; off if the table has no such tier.
   *
   * @param whileYounger how long a subscription is new in any case, 0 or more
   * @param atMost how long it is new because of a surge, not shorter than the other
   */
  public static NewSubscriberRule of(
      TierTable tiers, String tier, Duration whileYounger, Duration atMost) {
    if (whileYounger.isNegative() || atMost.compareTo(whileYounger) < 0) {
      throw new IllegalArgumentException(
          "new for %s and at most %s: the first is 0 or more, the second not shorter"
              .formatted(whileYounger, atMost));
    }
    Optional<Tier> newTier = tiers.find(tier);
    return newTier.isEmpty()
        ? OFF
        : new NewSubscriberRule(newTier, whileYounger.toMillis(), atMost.toMillis(), tiers);
  }

  /**
   * The tier in which a subscriber is served now.
   *
   * @param surgeSinceEpochMillis when the present surge began, or {@link #NO_SURGE}
   */
  public Tier tierOf(Subscriber subscriber, long nowEpochMillis, long surgeSinceEpochMillis) {
    Tier own = subscriber.tier();
    if (newTier.isEmpty() || subscriber.subscribedAtEpochMillis().isEmpty()) {
      return own;
    }
    Tier asNew = newTier.get();
    long since = subscriber.subscribedAtEpochMillis().getAsLong();
    if (!isNew(since, nowEpochMillis, surgeSinceEpochMillis) || rank(asNew) <= rank(own)) {
      return own;
    }
    return asNew;
  }

  /** A subscription from the future, by a clock that is ahead, is new. */
  private boolean isNew(long sinceEpochMillis, long nowEpochMillis, long surgeSinceEpochMillis) {
    boolean young = sinceEpochMillis > nowEpochMillis - forMillis;
    boolean couldBe = sinceEpochMillis > nowEpochMillis - atMostMillis;
    return young || (couldBe && sinceEpochMillis >= surgeSinceEpochMillis);
  }

  private int rank(Tier tier) {
    return tiers.classOf(tier, Kind.OPENING).rank();
  }
}
