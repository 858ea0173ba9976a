package io.tidegate.engine;

import static io.tidegate.engine.SteppedEngine.TIERS;
import static io.tidegate.engine.SteppedEngine.request;
import static io.tidegate.engine.SteppedEngine.tier;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Feature;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.quota.account.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What is asked first, who leaves a trace, and what is left of whom.
 *
 * <p>Shown red by hand: {@code decide} that asks for room before it asks for quotas; {@code deny}
 * that stamps; early comers who are refused for want of room; {@code Claim.giveBack} that gives
 * back nothing, or only one of session and quotas; {@code Claim.refused} that gives nothing back;
 * {@code Claim.left} likewise; a request that takes its quotas before it is looked at.
 */
class DecisionsTest {
  private static final int LIMIT = 2;
  private static final Feature SEARCH =
      new Feature(
          "search",
          0,
          Set.of(tier("plus")),
          1,
          OptionalDouble.of(.5),
          Optional.of(new Feature.Quota(2, Duration.ofMinutes(1))));
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final SteppedEngine fixture =
      new SteppedEngine(
          EngineSettings.of(TIERS)
              .withLimit(LIMIT, 0)
              .withQuotas(
                  new QuotaSettings(
                      Collections.nCopies(3, quotas(3, 2, 2, 3)), List.of(SEARCH), 1_000))
              .withWaits(new WaitSettings(Map.of("plus-opening", WAIT), 1)));

  @Test
  void asksForQuotasBeforeItAsksForRoom() {
    Permit first = fixture.admitted(request("ann", "plus").withSession("a"));
    fixture.admitted(request("ann", "plus").withSession("a"));

    assertThat(reason(request("ann", "plus").withSession("a")))
        .as("over its parallel requests in a full house")
        .isEqualTo(RefusalReason.OVER_PARALLEL);
    assertThat(fixture.latched().values()).containsOnly(false);
    first.complete(Outcome.SERVED);
    assertThat(fixture.engine.admit(request("eve", "new"))).isInstanceOf(Admitted.class);
  }

  @Test
  void keepsNobodyOutForWhoIsOverTheirOwnQuota() {
    for (int each = 0; each < 3; each++) {
      fixture.admitted(request("ann", "plus")).complete(Outcome.SERVED);
    }
    assertThat(reason(request("ann", "plus"))).isEqualTo(RefusalReason.OVER_RATE);
    assertThat(reason(request("eve", "free").withFeatures(List.of(SEARCH))))
        .isEqualTo(RefusalReason.NOT_IN_PLAN);

    assertThat(fixture.latched().values()).containsOnly(false);
    assertThat(fixture.engine.admit(request("bob", "new"))).isInstanceOf(Admitted.class);
  }

  @Test
  void keepsWorseClassesOutForWantOfRoomAlone() {
    fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    assertThat(reason(request("large", "free").withSeats(LIMIT + 1)))
        .isEqualTo(RefusalReason.NO_ROOM);
    assertThat(fixture.latched().values()).as("it can never fit").containsOnly(false);

    assertThat(reason(request("ann", "free"))).isEqualTo(RefusalReason.NO_ROOM);
    assertThat(fixture.latched()).containsEntry(fixture.opening("new"), true);
    assertThat(fixture.latched()).containsEntry(fixture.opening("free"), false);
  }

  @Test
  void countsWhoComesEarlyAsNobodysWantOfRoom() {
    Permit all = fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    long told = fixture.refused(request("ann", "free")).retryAfterMillis();
    assertThat(told).isGreaterThanOrEqualTo(750);

    fixture.pass(400);
    Refused early = fixture.refused(request("ann", "free"));
    assertThat(early.reason()).isEqualTo(RefusalReason.CAME_EARLY);
    assertThat(early.retryAfterMillis()).as("no renewal").isBetween(told - 400, told - 400 + 249);
    fixture.pass(200);
    fixture.engine.admit(request("ann", "free"));
    all.complete(Outcome.SERVED);

    fixture.pass(402);
    assertThat(fixture.latched().values()).as("a second after the refusal").containsOnly(false);
    assertThat(fixture.engine.admit(request("eve", "new"))).isInstanceOf(Admitted.class);
  }

  @Test
  void deniesNoFreeSeatToWhoComesEarlyButInACrowd() {
    Permit all = fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    fixture.refused(request("ann", "free"));
    all.complete(Outcome.SERVED);
    assertThat(reason(request("ann", "free"))).isEqualTo(RefusalReason.CAME_EARLY);

    fixture.pass(102);
    assertThat(fixture.engine.admit(request("ann", "free"))).isInstanceOf(Admitted.class);
  }

  @Test
  void leavesNothingBehindAfterARefusal() {
    Permit all = fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    fixture.waits(request("carl", "plus"));
    int books = fixture.parts.quotas().subscribers();
    int sessions = fixture.parts.sessions().places();
    AdmissionRequest searching = request("dora", "plus").withFeatures(List.of(SEARCH));

    assertThat(reason(searching)).isEqualTo(RefusalReason.QUEUE_FULL);
    assertThat(reason(request("ann", "free"))).isEqualTo(RefusalReason.NO_ROOM);
    assertThat(reason(request("eve", "new"))).isEqualTo(RefusalReason.NO_ROOM);
    assertThat(reason(request("fred", "free").withFeatures(List.of(SEARCH))))
        .isEqualTo(RefusalReason.NOT_IN_PLAN);

    assertThat(fixture.parts.quotas().subscribers()).isEqualTo(books);
    assertThat(fixture.parts.sessions().places()).isEqualTo(sessions);
    assertThat(fixture.parts.quotas().featureSeats(SEARCH)).isZero();
    assertThat(fixture.engine.requestsAllowance(searching.subscriber()).orElseThrow().remaining())
        .isEqualTo(3);
    all.complete(Outcome.SERVED);
  }

  @Test
  void givesEverythingBackToWhoWaitedInVain() {
    fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    AdmissionRequest patient = request("ann", "plus").withFeatures(List.of(SEARCH));
    List<Admission> heard = new ArrayList<>();
    fixture.waits(patient).whenDecided(heard::add);
    assertHolds(patient, 1, 2);

    fixture.pass(WAIT.toMillis() + 50);

    assertThat(((Refused) heard.get(0)).reason()).isEqualTo(RefusalReason.QUEUE_TIMEOUT);
    assertHolds(patient, 0, 3);
    assertThat(fixture.latched()).containsEntry(fixture.opening("new"), true);
  }

  @Test
  void givesEverythingBackToWhoLeavesTheQueueAndStampsNoLatch() {
    fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    AdmissionRequest patient = request("ann", "plus").withFeatures(List.of(SEARCH));
    Ticket ticket = fixture.waits(patient);
    assertHolds(patient, 1, 2);

    ticket.leave();
    fixture.engine.step();

    assertHolds(patient, 0, 3);
    assertThat(fixture.latched().values()).containsOnly(false);
    assertThat(fixture.engine.anybodyWaiting()).isFalse();
    assertThat(fixture.books("plus").leftQueue()).isEqualTo(1);
  }

  @Test
  void holdsAWaitingRequestAgainstTheSubscribersOwnQuotas() {
    fixture.admitted(request("ann", "plus").withSeats(LIMIT));
    fixture.waits(request("ann", "plus").withSession("b"));

    assertThat(reason(request("ann", "plus"))).isEqualTo(RefusalReason.OVER_PARALLEL);
  }

  @Test
  void refusesThoseWhoWaitWhenItClosesAlsoWithoutActors() {
    Permit all = fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    List<Admission> heard = new ArrayList<>();
    fixture.waits(request("ann", "plus")).whenDecided(heard::add);

    fixture.engine.close();

    assertThat(((Refused) heard.get(0)).reason()).isEqualTo(RefusalReason.DRAINING);
    all.complete(Outcome.SERVED);
    fixture.assertNothingIsLeft();
  }

  private void assertHolds(AdmissionRequest request, int held, int requestsLeft) {
    assertThat(fixture.parts.quotas().featureSeats(SEARCH)).isEqualTo(held);
    assertThat(fixture.parts.sessions().places() - 1).as("besides the one").isEqualTo(held);
    assertThat(fixture.engine.requestsAllowance(request.subscriber()).orElseThrow().remaining())
        .isEqualTo(requestsLeft);
    Optional<Account> account = fixture.parts.quotas().account(request.subscriber().id());
    assertThat(account.map(Account::requests).orElse(0)).isEqualTo(held);
  }

  private RefusalReason reason(AdmissionRequest request) {
    return fixture.refused(request).reason();
  }

  private static TierQuotas quotas(
      int tierSessions, int sessionsPerSubscriber, int parallel, int perMinute) {
    return new TierQuotas(
        OptionalInt.of(tierSessions),
        OptionalInt.of(sessionsPerSubscriber),
        OptionalInt.of(parallel),
        OptionalInt.of(perMinute),
        OptionalLong.empty());
  }
}
