package io.tidegate.engine;

import static io.tidegate.engine.SteppedEngine.TIERS;
import static io.tidegate.engine.SteppedEngine.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Leeway;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.quota.account.Account;
import io.tidegate.engine.telemetry.TierTimes;
import io.tidegate.engine.telemetry.TokenKind;
import io.tidegate.engine.telemetry.stream.StreamInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Whatever a request holds is given back once: by whichever end comes first, alone or in a race.
 *
 * <p>Shown red by hand: {@code Claim.complete} that keeps the visit or the holding; {@code
 * firstToken} that counts after the end, or from the admission; {@code QueuedRequest.claim} that
 * sets the state without comparing; {@code leave} that forgets a decision nobody was told of.
 */
class ClaimTest {
  private static final int ROUNDS = 20_000;
  private static final int LIMIT = 3;

  private final SteppedEngine fixture =
      new SteppedEngine(
          EngineSettings.of(TIERS)
              .withLimit(LIMIT, 0)
              .withQuotas(new QuotaSettings(Collections.nCopies(3, oneAtATime()), List.of(), 1_000))
              .withWaits(
                  new WaitSettings(
                      Map.of(
                          "plus-opening", Duration.ofSeconds(5),
                          "plus-continuing", Duration.ofSeconds(5)),
                      100)));

  @Test
  void givesEverythingBackWhateverItsOutcome() {
    for (Outcome outcome : Outcome.values()) {
      AdmissionRequest request = request(outcome.name(), "plus").withSeats(LIMIT);
      Permit permit = fixture.admitted(request);

      permit.complete(outcome);
      permit.complete(Outcome.FAILED);
      permit.complete(outcome);

      assertThat(fixture.books("plus").completed()).containsEntry(outcome, 1L);
      assertThat(requestsOf(request)).isZero();
      assertThat(fixture.engine.endSession(request.subscriber(), "")).as("its session").isTrue();
      fixture.assertNothingIsLeft();
    }
    assertThat(fixture.parts.sessions().open(TIERS.best())).isZero();
  }

  @Test
  void countsNothingAfterItsEnd() {
    Permit permit = fixture.admitted(request("ann", "plus"));
    permit.complete(Outcome.CLIENT_GONE);

    permit.firstToken(fixture.nowNanos + 5);
    permit.tokens(7);
    permit.usage(1, 1);

    assertThat(fixture.books("plus").timeToFirstToken().count()).isZero();
    assertThat(fixture.engine.tokensAllowance(request("ann", "plus").subscriber()).orElseThrow())
        .extracting(allowance -> allowance.remaining())
        .isEqualTo(1_000_000L);
  }

  @Test
  void countsTokensByWhoSaysHowMany() {
    Permit told = fixture.admitted(request("ann", "plus"));
    told.firstToken(fixture.nowNanos);
    told.tokens(5);
    told.usage(11, 7);
    told.complete(Outcome.SERVED);
    Permit counted = fixture.admitted(request("bob", "plus"));
    counted.firstToken(fixture.nowNanos);
    counted.tokens(3);
    counted.complete(Outcome.CLIENT_GONE);

    assertThat(fixture.books("plus").tokens())
        .containsEntry(TokenKind.PROMPT_TOLD, 11L)
        .containsEntry(TokenKind.ANSWER_TOLD, 7L)
        .containsEntry(TokenKind.ANSWER_COUNTED, 3L);
    assertThat(fixture.books("free").tokens()).containsEntry(TokenKind.ANSWER_COUNTED, 0L);
  }

  @Test
  void countsItsFirstTokenOnceAndFromTheAskingOn() {
    Permit all = fixture.admitted(request("bob", "plus").withSeats(LIMIT));
    Permit[] permit = new Permit[1];
    fixture
        .waits(request("ann", "plus"))
        .whenDecided(later -> permit[0] = ((Admitted) later).permit());
    fixture.pass(200);
    all.complete(Outcome.SERVED);
    fixture.engine.step();
    fixture.pass(300);

    permit[0].firstToken(fixture.nowNanos);
    permit[0].firstToken(fixture.nowNanos + 1_000_000_000L);

    assertThat(fixture.books("plus").timeToFirstToken().count()).isEqualTo(1);
    assertThat(fixture.books("plus").timeToFirstToken().sumSeconds()).isBetween(.49, .51);
    assertThat(fixture.books("plus").queueWait().sumSeconds()).isBetween(.19, .21);
    permit[0].complete(Outcome.SERVED);
  }

  /** The client goes while its turn comes; sometimes it is told, sometimes not. */
  /** Shown red by hand: tokens that count once each, first tokens that are not scaled. */
  @Test
  void judgesASlowerModelByWhatItMayTake() {
    Permit slow = fixture.admitted(request("ann", "plus").withLeeway(new Leeway(5, 2.5)));
    fixture.nowNanos += 10_000_000_000L;
    slow.firstToken(fixture.nowNanos);
    slow.tokens(1);
    for (int token = 0; token < 100; token++) {
      slow.tokens(1);
    }

    StreamInterval shown = fixture.parts.rooms().samples().take(fixture.nowNanos);
    assertThat(shown.firstTokens()).hasSize(1);
    assertThat(shown.firstTokens().get(0).nanos()).isBetween(1_980_000_000L, 2_020_000_000L);
    assertThat(shown.laterTokens()).isEqualTo(250);
    slow.complete(Outcome.SERVED);
  }

  @Test
  void timesAnAnswersLaterTokensAndTheWholeOfIt() {
    Permit permit = fixture.admitted(request("ann", "plus"));
    permit.tokens(1);
    fixture.nowNanos += 1_000_000_000L;
    permit.firstToken(fixture.nowNanos);
    permit.tokens(1);
    fixture.nowNanos += 2_000_000_000L;
    permit.tokens(40);
    permit.complete(Outcome.SERVED);
    Permit alone = fixture.admitted(request("ann", "plus"));
    alone.firstToken(fixture.nowNanos);
    alone.tokens(1);
    alone.complete(Outcome.CLIENT_GONE);

    TierTimes times = fixture.books("plus").times();
    assertThat(times.perOutputToken().count()).as("an answer of one token has none").isOne();
    assertThat(times.perOutputToken().sumSeconds()).isBetween(.0495, .0505);
    assertThat(times.whole()).containsOnlyKeys(Outcome.values());
    assertThat(times.whole().get(Outcome.SERVED).sumSeconds()).isBetween(2.97, 3.03);
    assertThat(times.whole().get(Outcome.CLIENT_GONE).count()).isOne();
    assertThat(times.whole().get(Outcome.FAILED).count()).isZero();
  }

  @Test
  void endsOnceWhenItsClientLeavesAsItIsAdmitted() throws Exception {
    AtomicInteger told = new AtomicInteger();
    Permit[] before = new Permit[1];
    Ticket[] ticket = new Ticket[1];

    race(
        () -> {
          before[0] = fixture.admitted(request("bob", "plus").withSeats(LIMIT));
          ticket[0] = fixture.waits(request("ann", "plus"));
          if (told.get() % 2 == 0) {
            ticket[0].whenDecided(later -> told(told, later));
          }
        },
        () -> {
          before[0].complete(Outcome.SERVED);
          fixture.engine.step();
        },
        () -> ticket[0].leave(),
        () -> {
          fixture.pass(50); // a tick, which forgets whoever was answered
          assertThat(fixture.engine.inflightSeats()).isZero();
          assertThat(requestsOf(request("ann", "plus"))).isZero();
          told.incrementAndGet();
        });

    fixture.assertNothingIsLeft();
    assertThat(fixture.books("plus").offered()).isEqualTo(2L * ROUNDS);
    assertThat(fixture.books("plus").leftQueue()).isBetween(1L, ROUNDS - 1L);
  }

  private static void told(AtomicInteger told, Admission decision) {
    told.addAndGet(2);
    ((Admitted) decision).permit().complete(Outcome.SERVED);
  }

  private int requestsOf(AdmissionRequest request) {
    return fixture
        .parts
        .quotas()
        .account(request.subscriber().id())
        .map(Account::requests)
        .orElse(0);
  }

  /** Round by round: one prepares, two race, one looks. */
  private static void race(Runnable prepare, Runnable one, Runnable other, Runnable look)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2, prepare);
    CyclicBarrier end = new CyclicBarrier(2, look);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> racers = new ArrayList<>();
      for (Runnable move : List.of(one, other)) {
        racers.add(
            pool.submit(
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    start.await();
                    move.run();
                    end.await();
                  }
                  return null;
                }));
      }
      for (Future<?> racer : racers) {
        racer.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static TierQuotas oneAtATime() {
    return new TierQuotas(
        OptionalInt.empty(),
        OptionalInt.of(1),
        OptionalInt.of(1),
        OptionalInt.empty(),
        OptionalLong.of(1_000_000));
  }
}
