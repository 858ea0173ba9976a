package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who goes next, and who waits in vain, seen by one thread that is also the queue's owner.
 *
 * <p>Shown red by hand: {@code drain} that goes on with the next class when a head may not go (and
 * {@code Gate.takeForHead} that does not look at better classes: each makes up for the other); a
 * queue in order of arrival alone; {@code expire} that looks at nobody; {@code leave} that does not
 * wake, or that forgets the seats of a decision nobody was told of; no look at the inbound queue
 * after a bit was cleared; {@code claim} that always succeeds.
 */
class RequestQueueTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final int MOST = 5;

  private final Wake wake = new Wake();
  private final Gate gate = new Gate(TIERS, 10, 0, 0, wake);
  private long nowNanos;
  private RequestQueue queue;
  private int strangers;

  @BeforeEach
  void fillTheHouse() {
    Map<String, Duration> waits =
        Map.of(
            "plus-continuing", Duration.ofSeconds(5),
            "plus-opening", Duration.ofSeconds(5),
            "free-opening", Duration.ofSeconds(1));
    queue = new RequestQueue(gate, TIERS, new WaitSettings(waits, MOST), () -> nowNanos, wake);
    assertThat(gate.take(of("plus", Kind.OPENING), 10, nowNanos)).isTrue();
  }

  @Test
  void servesTheBestClassFirst() {
    FakeCandidate free = waits("free", Kind.OPENING, 1);
    FakeCandidate opening = waits("plus", Kind.OPENING, 1);
    FakeCandidate continuing = waits("plus", Kind.CONTINUING, 1);

    comesFree(1);
    assertThat(List.of(continuing.answers(), opening.answers(), free.answers()))
        .containsExactly(1, 0, 0);
    comesFree(1);
    assertThat(opening.admitted).hasValue(1);
    comesFree(1);
    assertThat(free.admitted).hasValue(1);
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  @Test
  void servesWhoWasServedLeastFirstAndThenWhoCameFirst() {
    FakeCandidate heavy = candidate("plus", Kind.OPENING, 1, "heavy");
    heavy.use = 5;
    enter(heavy);
    FakeCandidate first = waits("plus", Kind.OPENING, 1);
    FakeCandidate second = waits("plus", Kind.OPENING, 1);

    comesFree(1);
    assertThat(first.admitted).hasValue(1);
    comesFree(1);
    assertThat(second.admitted).hasValue(1);
    assertThat(heavy.answers()).isZero();
  }

  @Test
  void putsBackWhoWasServedWhileTheyWaited() {
    FakeCandidate served = waits("plus", Kind.OPENING, 1);
    FakeCandidate other = waits("plus", Kind.OPENING, 1);
    queue.drain(nowNanos);
    served.use = 3;

    comesFree(1);

    assertThat(other.admitted).hasValue(1);
    assertThat(served.answers()).isZero();
  }

  @Test
  void holdsTheHeadOfItsClassUntilItsSeatsAreFreeAndLetsNobodyPass() {
    FakeCandidate large = waits("plus", Kind.OPENING, 3);
    FakeCandidate small = waits("free", Kind.OPENING, 1);

    comesFree(2);
    assertThat(large.answers() + small.answers()).isZero();
    comesFree(1);

    assertThat(large.admitted).hasValue(1);
    assertThat(small.answers()).isZero();
  }

  @Test
  void refusesWhatCanNoLongerFitWithoutALatch() {
    FakeCandidate large = waits("plus", Kind.OPENING, 8);
    FakeCandidate small = waits("free", Kind.OPENING, 1);

    gate.publish(7, 0);
    queue.drain(nowNanos);

    assertThat(large.reason).isEqualTo(RefusalReason.NO_ROOM);
    assertThat(gate.latched(of("free", Kind.OPENING), nowNanos)).isFalse();
    comesFree(4);
    assertThat(small.admitted).hasValue(1);
  }

  @Test
  void turnsAwayWhoHasWaitedTooLongAndKeepsWorseClassesOut() {
    FakeCandidate plus = waits("plus", Kind.OPENING, 1);
    FakeCandidate free = waits("free", Kind.OPENING, 1);

    pass(999);
    assertThat(free.answers()).isZero();
    pass(1);
    assertThat(free.reason).isEqualTo(RefusalReason.QUEUE_TIMEOUT);
    assertThat(gate.latched(of("new", Kind.OPENING), nowNanos)).isTrue();
    pass(4_000);

    assertThat(plus.reason).isEqualTo(RefusalReason.QUEUE_TIMEOUT);
    assertThat(gate.anybodyWaiting()).isFalse();
  }

  @Test
  void servesALatchedHeadWhenItsLatchHasGone() {
    FakeCandidate free = waits("free", Kind.OPENING, 1);
    pass(500);
    gate.stamp(of("plus", Kind.OPENING), nowNanos - TimeUnit.MILLISECONDS.toNanos(700));

    comesFree(1);
    assertThat(free.answers()).isZero();
    pass(400);

    assertThat(free.admitted).hasValue(1);
  }

  @Test
  void takesNoMoreThanItsBound() {
    for (int each = 0; each < MOST; each++) {
      waits("plus", Kind.OPENING, 1);
    }
    assertThat(queue.isFull(of("plus", Kind.OPENING))).isTrue();

    FakeCandidate one = candidate("plus", Kind.OPENING, 1, "one");
    assertThat(enter(one)).isInstanceOf(Admission.Refused.class);
    assertThat(one.reason).isEqualTo(RefusalReason.QUEUE_FULL);

    comesFree(1);
    pass(0);
    assertThat(queue.isFull(of("plus", Kind.OPENING))).isFalse();
  }

  @Test
  void shortensItsPatienceInARushOfTheBestTier() {
    waits("plus", Kind.OPENING, 1);
    pass(0);
    pass(4_000);
    FakeCandidate late = waits("plus", Kind.OPENING, 1);
    pass(1_400);
    assertThat(late.answers()).isZero();
    pass(200);

    assertThat(late.reason).isEqualTo(RefusalReason.QUEUE_TIMEOUT);
  }

  @Test
  void takesASeatThatCameFreeBeforeItsTurnToWait() {
    gate.giveBack(1);

    FakeCandidate lucky = candidate("plus", Kind.OPENING, 1, "lucky");

    assertThat(enter(lucky)).isInstanceOf(Admitted.class);
    assertThat(gate.anybodyWaiting()).isFalse();
    queue.drain(nowNanos);
    assertThat(lucky.admitted).hasValue(1);
  }

  @Test
  void letsWhoLeavesHoldUpNobody() {
    FakeCandidate large = candidate("plus", Kind.OPENING, 9, "large");
    Waiting ticket = (Waiting) enter(large);
    FakeCandidate small = waits("free", Kind.OPENING, 1);
    comesFree(1);
    assertThat(small.answers()).isZero();
    wake.answered();

    ticket.ticket().leave();
    ticket.ticket().leave();
    assertThat(wake.answered()).isTrue();
    queue.drain(nowNanos);

    assertThat(large.left).hasValue(1);
    assertThat(small.admitted).hasValue(1);
  }

  @Test
  void tellsADecisionOnceWhetherTheListenerComesBeforeOrAfterIt() {
    List<Admission> before = new ArrayList<>();
    List<Admission> after = new ArrayList<>();
    Waiting early = (Waiting) enter(candidate("plus", Kind.OPENING, 1, "early"));
    Waiting late = (Waiting) enter(candidate("plus", Kind.OPENING, 1, "late"));
    early.ticket().whenDecided(before::add);
    comesFree(2);
    late.ticket().whenDecided(after::add);

    assertThat(before).hasSize(1).allMatch(Admitted.class::isInstance);
    assertThat(after).hasSize(1).allMatch(Admitted.class::isInstance);
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              Waiting third = (Waiting) enter(candidate("plus", Kind.OPENING, 1, "third"));
              third.ticket().whenDecided(before::add);
              third.ticket().whenDecided(before::add);
            });
  }

  @Test
  void givesTheSeatsBackOfWhoLeftBeforeTheyWereTold() {
    FakeCandidate gone = candidate("plus", Kind.OPENING, 1, "gone");
    Waiting ticket = (Waiting) enter(gone);
    comesFree(1);
    assertThat(gone.admitted).hasValue(1);

    ticket.ticket().leave();

    assertThat(gone.completed).hasValue(1);
    assertThat(gate.inflightSeats()).isEqualTo(9);
  }

  @Test
  void completesThePermitOfAListenerThatFails() {
    FakeCandidate unlucky = candidate("plus", Kind.OPENING, 1, "unlucky");
    Waiting ticket = (Waiting) enter(unlucky);
    ticket
        .ticket()
        .whenDecided(
            decision -> {
              throw new IllegalStateException("the listener fails");
            });

    assertThatIllegalStateException().isThrownBy(() -> comesFree(1));

    assertThat(unlucky.completed).hasValue(1);
    assertThat(gate.inflightSeats()).isEqualTo(9);
  }

  @Test
  void turnsEverybodyAwayWhenItCloses() {
    FakeCandidate plus = waits("plus", Kind.OPENING, 1);
    FakeCandidate free = waits("free", Kind.OPENING, 1);

    queue.refuseAll(nowNanos);

    assertThat(List.of(plus.reason, free.reason)).containsOnly(RefusalReason.DRAINING);
  }

  @Test
  void findsWhoBeganToWaitWhileItsClassStillSeemedToWait() {
    FakeCandidate first = waits("plus", Kind.OPENING, 1);
    FakeCandidate second = candidate("plus", Kind.OPENING, 1, "second");
    first.whenAdmitted = () -> enter(second);
    comesFree(1);
    assertThat(second.answers()).isZero();
    wake.answered();

    gate.giveBack(1);

    assertThat(wake.answered()).as("the owner is woken").isTrue();
    queue.drain(nowNanos);
    assertThat(second.admitted).hasValue(1);
  }

  @Test
  void admitsOnceWhenItsOwnerIsFasterThanWhoAsks() {
    FakeCandidate twice = candidate("plus", Kind.OPENING, 1, "twice");
    twice.whenAskedForSeats =
        () -> {
          gate.giveBack(2);
          queue.drain(nowNanos);
        };

    assertThat(enter(twice)).isInstanceOf(Waiting.class);

    assertThat(twice.admitted).hasValue(1);
    assertThat(gate.inflightSeats()).isEqualTo(9);
  }

  @Test
  void wakesWhenTheLimitRises() {
    FakeCandidate plus = waits("plus", Kind.OPENING, 1);
    wake.answered();

    gate.publish(11, 0);

    assertThat(wake.answered()).isTrue();
    queue.drain(nowNanos);
    assertThat(plus.admitted).hasValue(1);
  }

  private void comesFree(int seats) {
    gate.giveBack(seats);
    queue.drain(nowNanos);
  }

  private void pass(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    queue.tick(nowNanos);
  }

  private FakeCandidate waits(String tier, Kind kind, int seats) {
    FakeCandidate candidate = candidate(tier, kind, seats, "s" + strangers++);
    assertThat(enter(candidate)).isInstanceOf(Waiting.class);
    return candidate;
  }

  private Admission enter(FakeCandidate candidate) {
    return queue.enter(candidate, nowNanos);
  }

  private FakeCandidate candidate(String tier, Kind kind, int seats, String subscriber) {
    return new FakeCandidate(gate, of(tier, kind), seats, subscriber);
  }

  private static ServiceClass of(String tier, Kind kind) {
    return TIERS.classOf(TIERS.find(tier).orElseThrow(), kind);
  }
}
