package io.tidegate.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.QuotaSource;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * When sessions open and close, and what they are charged to.
 *
 * <p>Shown red by hand: a table that is never found full, or has a place more than it may; a
 * session that gives back neither its charge nor its place; one that anybody may enter.
 */
class SessionsTest {
  private static final Tier PLUS = TierTable.defaults().best();
  private static final Tier FREE = TierTable.defaults().find("free").orElseThrow();
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final SessionSettings SETTINGS = new SessionSettings(IDLE, 4, 5);

  private long now = TimeUnit.DAYS.toNanos(2);
  private Quotas quotas = quotas(OptionalInt.of(3), OptionalInt.of(2));
  private Sessions sessions = new Sessions(SETTINGS, quotas, now);

  @Test
  void opensWithTheFirstAdmittedRequest() {
    Guest first = enter("ann", "a");
    assertThat(isOpen("ann", "a")).isFalse();

    first.visit.admitted();

    assertThat(isOpen("ann", "a")).isTrue();
    assertThat(sessions.open(PLUS)).isEqualTo(1);
  }

  @Test
  void theLastToLeaveTakesAnUnopenedSessionWithIt() {
    Guest first = enter("ann", "a");
    Guest second = enter("ann", "a");
    assertThat(sessions.open(PLUS)).isEqualTo(1);

    first.visit.left();
    assertThat(sessions.open(PLUS)).isEqualTo(1);
    second.visit.left();

    assertThat(sessions.open(PLUS)).isZero();
    assertThat(quotas.account("ann").orElseThrow().sessions()).isZero();
    for (int again = 0; again < 10; again++) {
      enter("ann", "a").visit.left();
    }
  }

  @Test
  void oneWhoLeavesDoesNotCloseWhatAnotherHasOpened() {
    Guest first = enter("ann", "a");
    Guest second = enter("ann", "a");
    first.visit.admitted();
    first.visit.ended(now);

    second.visit.left();

    assertThat(isOpen("ann", "a")).isTrue();
  }

  @Test
  void closesWhenIdleForTheTimeout() {
    Guest guest = enter("ann", "a");
    guest.visit.admitted();
    pass(IDLE.multipliedBy(3));
    assertThat(isOpen("ann", "a")).as("in progress").isTrue();
    guest.leave(now);

    pass(IDLE.minusSeconds(1));
    assertThat(isOpen("ann", "a")).isTrue();
    pass(Duration.ofMillis(ExpiryWheel.stepMillis(IDLE.toMillis())).plusSeconds(1));

    assertThat(isOpen("ann", "a")).isFalse();
    assertThat(sessions.open(PLUS)).isZero();
    assertThat(quotas.account("ann").map(account -> account.sessions()).orElse(0)).isZero();
  }

  @Test
  void isRenewedByEachAdmittedRequest() {
    open("ann", "a");
    for (int request = 0; request < 20; request++) {
      pass(IDLE.minusMinutes(1));
      open("ann", "a");
    }

    assertThat(isOpen("ann", "a")).isTrue();
    assertThat(sessions.open(PLUS)).isEqualTo(1);
  }

  @Test
  void isNotRenewedByARequestThatWasNotAdmitted() {
    open("ann", "a");
    pass(IDLE.minusMinutes(1));
    enter("ann", "a").visit.left();

    pass(Duration.ofMinutes(2));

    assertThat(isOpen("ann", "a")).isFalse();
  }

  @Test
  void refusesMoreSessionsThanTheSubscriberMayHave() {
    open("ann", "a");
    open("ann", "b");

    assertThat(refusal("ann", "c")).isEqualTo(RefusalReason.OVER_SESSIONS);
    assertThat(sessions.check(key("ann", "a"), PLUS, now)).isEqualTo(Denial.NONE);
    open("bob", "c");
  }

  @Test
  void tellsWhenTheNextSessionCanClose() {
    open("ann", "a");
    pass(Duration.ofMinutes(1));
    Guest second = enter("ann", "b");
    second.visit.admitted();
    pass(Duration.ofMinutes(1));
    assertThat(retryAfter("ann", "c")).isEqualTo(Duration.ofMinutes(8));

    open("ann", "a");
    second.leave(now);
    pass(Duration.ofMinutes(3));
    Guest busy = enter("ann", "a");
    assertThat(retryAfter("ann", "c")).as("the other one").isEqualTo(Duration.ofMinutes(7));
    enter("ann", "b");
    assertThat(retryAfter("ann", "c")).as("none is idle").isEqualTo(Duration.ofMinutes(10));

    busy.visit.ended(now);
    sessions.end(key("ann", "a"));
    open("ann", "c");
    pass(Duration.ofMinutes(4));
    assertThat(retryAfter("ann", "d")).as("not the closed one").isEqualTo(Duration.ofMinutes(6));
  }

  @Test
  void refusesMoreSessionsThanTheTierMayHave() {
    open("ann", "a");
    open("bob", "b");
    open("cid", "c");

    assertThat(refusal("dot", "d")).isEqualTo(RefusalReason.TIER_FULL);
    assertThat(sessions.open(PLUS)).isEqualTo(3);
    assertThat(quotas.account("dot").orElseThrow().sessions()).isZero();
  }

  @Test
  void refusesMoreSessionsThanTheTableHolds() {
    quotas = quotas(OptionalInt.empty(), OptionalInt.empty());
    sessions = new Sessions(SETTINGS, quotas, now);
    for (int session = 0; session < 5; session++) {
      open("ann", "s" + session);
    }

    assertThat(refusal("bob", "x")).isEqualTo(RefusalReason.TIER_FULL);
    pass(IDLE.plusMinutes(1));
    open("bob", "x");
  }

  @Test
  void endsAnIdleSessionAtOnce() {
    open("ann", "a");

    assertThat(sessions.end(key("ann", "a"))).isTrue();

    assertThat(isOpen("ann", "a")).isFalse();
    assertThat(sessions.open(PLUS)).isZero();
    assertThat(sessions.end(key("ann", "a"))).isFalse();
  }

  @Test
  void endsASessionWhenWhatIsInProgressHasEnded() {
    Guest one = enter("ann", "a");
    Guest other = enter("ann", "a");
    one.visit.admitted();
    other.visit.admitted();

    assertThat(sessions.end(key("ann", "a"))).isTrue();
    one.leave(now);
    assertThat(isOpen("ann", "a")).isTrue();
    other.leave(now);

    assertThat(isOpen("ann", "a")).isFalse();
    assertThat(sessions.open(PLUS)).isZero();
  }

  @Test
  void aRequestThatJoinsAnEndingSessionKeepsItOpen() {
    Guest one = enter("ann", "a");
    one.visit.admitted();
    sessions.end(key("ann", "a"));

    Guest joining = enter("ann", "a");
    joining.visit.admitted();
    one.leave(now);
    joining.leave(now);

    assertThat(isOpen("ann", "a")).isTrue();
  }

  @Test
  void thereIsNothingToEndInASessionThatIsNotOpen() {
    Guest waiting = enter("ann", "a");

    assertThat(sessions.end(key("ann", "a"))).isFalse();
    waiting.visit.admitted();

    assertThat(isOpen("ann", "a")).isTrue();
  }

  @Test
  void makesRoomForSessionsWhenOthersWereEnded() {
    for (int session = 0; session < 1_000; session++) {
      open("ann", "s" + session);
      assertThat(sessions.end(key("ann", "s" + session))).isTrue();
      pass(Duration.ofSeconds(2));
    }

    assertThat(sessions.open(PLUS)).isZero();
  }

  @Test
  void nobodyEntersTheSessionOfAnother() {
    open("ann", "a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> enter(new Guest(new Visit(), held("bob")), key("ann", "a"), PLUS));
  }

  @Test
  void staysChargedToTheTierItWasOpenedIn() {
    open("ann", "a");

    Guest asFree = enter("ann", "a", FREE);
    asFree.visit.admitted();

    assertThat(sessions.open(PLUS)).isEqualTo(1);
    assertThat(sessions.open(FREE)).isZero();
    asFree.leave(now);
    sessions.end(key("ann", "a"));
    assertThat(sessions.open(PLUS)).isZero();
    assertThat(sessions.open(FREE)).isZero();
  }

  @Test
  void aQuotaThatFallsClosesNothingAndLetsNobodyIn() {
    int[] leased = {2};
    QuotaSource source = (tier, at) -> leased[0];
    TierQuotas unlimited = TierQuotas.unlimited();
    quotas =
        new Quotas(
            new QuotaSettings(List.of(unlimited, unlimited, unlimited), List.of(), 100), source, 4);
    sessions = new Sessions(SETTINGS, quotas, now);
    open("ann", "a");
    open("bob", "b");

    leased[0] = 1;

    assertThat(isOpen("bob", "b")).isTrue();
    assertThat(refusal("cid", "c")).isEqualTo(RefusalReason.TIER_FULL);
    sessions.end(key("ann", "a"));
    assertThat(refusal("cid", "c")).isEqualTo(RefusalReason.TIER_FULL);
    sessions.end(key("bob", "b"));
    open("cid", "c");
  }

  private record Guest(Visit visit, Holding holding) {
    void leave(long nowNanos) {
      visit.ended(nowNanos);
      holding.finish(0, 0, nowNanos);
    }
  }

  private void open(String subscriber, String name) {
    Guest guest = enter(subscriber, name);
    guest.visit.admitted();
    guest.leave(now);
  }

  private Guest enter(String subscriber, String name) {
    return enter(subscriber, name, PLUS);
  }

  private Guest enter(String subscriber, String name, Tier tier) {
    Guest guest = new Guest(new Visit(), held(subscriber));
    assertThat(sessions.check(key(subscriber, name), tier, now)).isEqualTo(Denial.NONE);
    assertThat(enter(guest, key(subscriber, name), tier)).isEqualTo(Denial.NONE);
    return guest;
  }

  private RefusalReason refusal(String subscriber, String name) {
    long denial = enter(new Guest(new Visit(), held(subscriber)), key(subscriber, name), PLUS);
    assertThat(sessions.check(key(subscriber, name), PLUS, now)).isEqualTo(denial);
    return Denial.reason(denial);
  }

  private Duration retryAfter(String subscriber, String name) {
    assertThat(refusal(subscriber, name)).isEqualTo(RefusalReason.OVER_SESSIONS);
    long denial = sessions.check(key(subscriber, name), PLUS, now);
    Duration step = Duration.ofMillis(ExpiryWheel.stepMillis(IDLE.toMillis()));
    return Duration.ofMillis(Denial.retryAfterMillis(denial)).minus(step);
  }

  private long enter(Guest guest, SessionKey key, Tier tier) {
    return sessions.enter(guest.visit, key, guest.holding.account(), tier, now);
  }

  private Holding held(String subscriber) {
    Holding holding = new Holding();
    AdmissionRequest request = AdmissionRequest.of(new Subscriber(subscriber, PLUS));
    assertThat(quotas.take(holding, request, PLUS, 100, now)).isEqualTo(Denial.NONE);
    return holding;
  }

  private boolean isOpen(String subscriber, String name) {
    return sessions.isOpen(key(subscriber, name));
  }

  private void pass(Duration time) {
    now += time.toNanos();
    for (int shard = 0; shard < sessions.shards(); shard++) {
      while (sessions.step(shard, 1, now)) {}
    }
  }

  private static SessionKey key(String subscriber, String name) {
    return new SessionKey(subscriber, name);
  }

  private static Quotas quotas(OptionalInt tier, OptionalInt subscriber) {
    TierQuotas each =
        new TierQuotas(
            tier, subscriber, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());
    return new Quotas(new QuotaSettings(List.of(each, each, each), List.of(), 100), 4);
  }
}
