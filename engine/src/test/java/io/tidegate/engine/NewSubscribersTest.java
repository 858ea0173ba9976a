package io.tidegate.engine;

import static io.tidegate.engine.SteppedEngine.TIERS;
import static io.tidegate.engine.SteppedEngine.tier;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.control.SurgeState;
import io.tidegate.engine.tier.NewSubscriberRule;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.Subscriber;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Whoever subscribed a short while ago, or since the surge began, is decided on and booked as new.
 *
 * <p>Shown red by hand: {@code Engine.tierOf} that trusts the request; a rule that is asked without
 * the surge; {@code turnAway} that books the request under the tier it came with.
 */
class NewSubscribersTest {
  private static final Duration YOUNG = Duration.ofHours(1);
  private static final Duration AT_MOST = Duration.ofDays(7);

  private final SteppedEngine fixture =
      new SteppedEngine(
          EngineSettings.of(TIERS)
              .withLimit(10, 3)
              .withNewSubscribers(NewSubscriberRule.of(TIERS, "new", YOUNG, AT_MOST)));

  @Test
  void servesAYoungSubscriptionAsNewUntilItHasAged() {
    Subscriber young = since(fixture.nowEpochMillis - 1);
    assertThat(opens(young)).isEqualTo(fixture.opening("new"));
    fixture.admitted(AdmissionRequest.of(young)).complete(Outcome.SERVED);
    fixture.engine.turnAway(young, RefusalReason.NO_UPSTREAM, 0);

    assertThat(fixture.books("new").offered()).isEqualTo(2);
    assertThat(fixture.books("plus").offered()).isZero();
    fixture.pass(YOUNG.toMillis());
    assertThat(opens(young)).isEqualTo(fixture.opening("plus"));
  }

  @Test
  void keepsAYoungSubscriptionOutOfTheReserve() {
    Subscriber young = since(fixture.nowEpochMillis - 1);
    fixture.admitted(AdmissionRequest.of(young).withSeats(7));

    assertThat(fixture.refused(AdmissionRequest.of(young).withSession("b")).reason())
        .isEqualTo(RefusalReason.NO_ROOM);
    assertThat(fixture.engine.admit(AdmissionRequest.of(established())))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void servesAsNewWhoSubscribedSinceTheSurgeBegan() {
    Subscriber before = since(fixture.nowEpochMillis - YOUNG.toMillis() - 1);
    Permit all = surge();
    Subscriber since = since(fixture.nowEpochMillis);
    keepTheSurge(YOUNG.plusMinutes(5));
    assertThat(fixture.engine.control().surge().level()).isEqualTo(SurgeState.Level.SHEDDING);

    assertThat(opens(since)).as("an hour later").isEqualTo(fixture.opening("new"));
    assertThat(opens(before)).isEqualTo(fixture.opening("plus"));
    assertThat(opens(established())).isEqualTo(fixture.opening("plus"));
    all.complete(Outcome.SERVED);
    fixture.pass(Duration.ofMinutes(1).toMillis());
    calmDown();
    assertThat(opens(since)).as("the surge is over").isEqualTo(fixture.opening("plus"));
  }

  @Test
  void takesTheTierThatHoldsWhenItContinues() {
    Subscriber young = since(fixture.nowEpochMillis - 1);
    Permit first = fixture.admitted(AdmissionRequest.of(young));
    fixture.pass(YOUNG.toMillis());

    assertThat(opens(young)).isEqualTo(TIERS.classOf(tier("plus"), Kind.CONTINUING));
    fixture.admitted(AdmissionRequest.of(young)).complete(Outcome.SERVED);
    first.complete(Outcome.SERVED);

    assertThat(fixture.books("new").completedTotal()).as("where it was booked").isEqualTo(1);
    assertThat(fixture.books("plus").completedTotal()).isEqualTo(1);
    assertThat(fixture.parts.sessions().open(tier("new"))).as("where it was opened").isEqualTo(1);
    fixture.assertNothingIsLeft();
  }

  private Permit surge() {
    Subscriber friend = new Subscriber("friend", tier("plus"));
    Permit all = fixture.admitted(AdmissionRequest.of(friend).withSeats(10));
    keepTheSurge(Duration.ofMinutes(1));
    return all;
  }

  /** The house stays full, and somebody is refused for want of room each second. */
  private void keepTheSurge(Duration howLong) {
    for (long second = 0; second < howLong.toSeconds(); second++) {
      fixture.engine.admit(AdmissionRequest.of(new Subscriber("waits-" + second, tier("new"))));
      fixture.pass(1_000);
    }
  }

  private void calmDown() {
    for (int tick = 0;
        tick < 6_000 && fixture.engine.control().surge().level() != SurgeState.Level.CALM;
        tick++) {
      fixture.pass(100);
    }
    assertThat(fixture.engine.control().surge().level()).isEqualTo(SurgeState.Level.CALM);
  }

  private ServiceClass opens(Subscriber subscriber) {
    return fixture.engine.classOf(subscriber, AdmissionRequest.of(subscriber).session());
  }

  private static Subscriber established() {
    return new Subscriber("established", tier("plus"));
  }

  private static Subscriber since(long epochMillis) {
    return new Subscriber("since-" + epochMillis, tier("plus"), OptionalLong.of(epochMillis));
  }
}
