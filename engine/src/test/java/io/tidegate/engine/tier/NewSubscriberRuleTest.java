package io.tidegate.engine.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Who is served as a new subscriber. */
class NewSubscriberRuleTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long NOW = 1_000 * DAY;

  private final TierTable tiers = TierTable.defaults();
  private final NewSubscriberRule rule =
      NewSubscriberRule.of(tiers, "new", Duration.ofDays(7), Duration.ofDays(14));

  @Test
  void isNewForAWeek() {
    assertThat(tierOf("plus", NOW - 7 * DAY + 1)).isEqualTo("new");
    assertThat(tierOf("plus", NOW - 7 * DAY)).isEqualTo("plus");
    assertThat(tierOf("free", NOW - DAY)).isEqualTo("new");
    assertThat(tierOf("plus", NOW + DAY)).isEqualTo("new");
  }

  @Test
  void staysNewWhenTheSubscriptionBeganInTheSurgeButNoLongerThanItsTime() {
    long surge = NOW - 20 * DAY;

    assertThat(tierOf("plus", NOW - 13 * DAY, NOW - 13 * DAY)).isEqualTo("new");
    assertThat(tierOf("plus", NOW - 13 * DAY, NOW - 12 * DAY)).isEqualTo("plus");
    assertThat(tierOf("plus", NOW - 14 * DAY, surge)).isEqualTo("plus");
  }

  @Test
  void leavesThoseAloneOfWhomNothingIsKnown() {
    Subscriber unknown = new Subscriber("alice", tiers.find("plus").orElseThrow());

    assertThat(rule.tierOf(unknown, NOW, 0).name()).isEqualTo("plus");
  }

  @Test
  void leavesThoseNewWhoAreConfiguredSo() {
    assertThat(tierOf("new", NOW - 900 * DAY)).isEqualTo("new");
  }

  @Test
  void putsNobodyAheadOfTheirOwnTier() {
    TierTable other =
        TierTable.of(List.of("plus", "new", "guest"), List.of("guest", "new", "plus"));
    NewSubscriberRule demoting =
        NewSubscriberRule.of(other, "new", Duration.ofDays(7), Duration.ofDays(14));
    Subscriber guest =
        new Subscriber("bob", other.find("guest").orElseThrow(), OptionalLong.of(NOW));

    assertThat(demoting.tierOf(guest, NOW, NewSubscriberRule.NO_SURGE).name()).isEqualTo("guest");
  }

  @Test
  void isOffWithoutSuchATier() {
    NewSubscriberRule none =
        NewSubscriberRule.of(tiers, "fresh", Duration.ofDays(7), Duration.ofDays(14));
    Subscriber young = new Subscriber("alice", tiers.best(), OptionalLong.of(NOW));

    assertThat(none.tierOf(young, NOW, 0)).isEqualTo(tiers.best());
  }

  @Test
  void refusesTimesInTheWrongOrder() {
    assertThatThrownBy(
            () -> NewSubscriberRule.of(tiers, "new", Duration.ofDays(7), Duration.ofDays(6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String tierOf(String tier, long sinceEpochMillis) {
    return tierOf(tier, sinceEpochMillis, NewSubscriberRule.NO_SURGE);
  }

  private String tierOf(String tier, long sinceEpochMillis, long surgeSinceEpochMillis) {
    Subscriber subscriber =
        new Subscriber("alice", tiers.find(tier).orElseThrow(), OptionalLong.of(sinceEpochMillis));
    return rule.tierOf(subscriber, NOW, surgeSinceEpochMillis).name();
  }
}
