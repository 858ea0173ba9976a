package io.tidegate.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A request leaves the queue once, and whoever waits for it hears of it once.
 *
 * <p>Shown red by hand: a second listener that takes the first one's place; {@code leave} that
 * tells the candidate although it was decided; {@code tell} that completes nothing after an error.
 */
class QueuedRequestTest {
  private static final TierTable TIERS = TierTable.defaults();
  private static final long ASKED = 1_000;
  private static final long NOW = 1_500;

  private final AtomicInteger wakes = new AtomicInteger();
  private final Gate gate = new Gate(TIERS, 10, 0, 0, () -> {});
  private final FakeCandidate candidate =
      new FakeCandidate(gate, TIERS.classOf(TIERS.best(), Kind.OPENING), 2, "ann");
  private final QueuedRequest request =
      new QueuedRequest(candidate, ASKED, 0, () -> NOW, wakes::incrementAndGet);
  private final List<Admission> heard = new ArrayList<>();
  private final Consumer<Admission> listener = heard::add;

  @Test
  void tellsWhoListensAlready() {
    request.whenDecided(listener);
    admit();

    assertThat(heard)
        .singleElement()
        .isEqualTo(new Admitted(candidate, candidate.serviceClass(), NOW - ASKED));
    assertThat(request.isWaiting()).isFalse();
  }

  @Test
  void tellsWhoListensLater() {
    request.refuse(RefusalReason.QUEUE_TIMEOUT, NOW);
    request.whenDecided(listener);

    assertThat(heard).singleElement().isInstanceOf(Refused.class);
  }

  @Test
  void decidesOnce() {
    request.whenDecided(listener);
    admit();

    assertThat(request.admit(NOW)).isFalse();
    request.refuse(RefusalReason.QUEUE_TIMEOUT, NOW);
    request.leave();

    assertThat(heard).hasSize(1);
    assertThat(candidate.answers()).isEqualTo(1);
    assertThat(candidate.completed).as("the listener has the permit").hasValue(0);
    assertThat(wakes).hasValue(0);
  }

  @Test
  void hasOneListenerAloneAndTheFirstIsToldAllTheSame() {
    request.whenDecided(listener);
    assertThatIllegalStateException().isThrownBy(() -> request.whenDecided(decision -> {}));
    admit();

    assertThat(heard).hasSize(1);
    assertThat(candidate.completed).hasValue(0);
    assertThatIllegalStateException().isThrownBy(() -> request.whenDecided(decision -> {}));
  }

  @Test
  void leavesWhileItWaitsAndWakesWhoStoodBehindIt() {
    request.whenDecided(listener);
    request.leave();
    request.leave();

    assertThat(request.admit(NOW)).isFalse();
    assertThat(candidate.left).hasValue(1);
    assertThat(candidate.answers()).isEqualTo(1);
    assertThat(wakes).hasValue(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void leavesBetweenTheDecisionAndTheListener() {
    admit();
    request.leave();
    request.leave();
    request.whenDecided(listener);

    assertThat(candidate.completed).hasValue(1);
    assertThat(candidate.left).hasValue(0);
    assertThat(gate.inflightSeats()).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  void leavesBetweenItsClaimAndTheDecision() {
    candidate.whenAdmitted = request::leave;
    request.whenDecided(listener);
    admit();

    assertThat(candidate.completed).hasValue(1);
    assertThat(gate.inflightSeats()).isZero();
    assertThat(heard).isEmpty();
  }

  @Test
  void leavesAfterARefusalWithoutATrace() {
    request.refuse(RefusalReason.QUEUE_TIMEOUT, NOW);
    request.leave();
    request.whenDecided(listener);

    assertThat(candidate.answers()).isEqualTo(1);
    assertThat(candidate.completed).hasValue(0);
    assertThat(heard).isEmpty();
  }

  @Test
  void completesThePermitOfAListenerThatBreaksDown() {
    request.whenDecided(
        decision -> {
          throw new StackOverflowError();
        });

    assertThatThrownBy(this::admit).isInstanceOf(StackOverflowError.class);

    assertThat(candidate.completed).hasValue(1);
    assertThat(gate.inflightSeats()).isZero();
  }

  private void admit() {
    assertThat(gate.take(candidate.serviceClass(), 2, NOW)).isTrue();
    assertThat(request.admit(NOW)).isTrue();
  }
}
