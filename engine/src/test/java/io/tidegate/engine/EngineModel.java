package io.tidegate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.admission.SessionKey;
import io.tidegate.engine.admission.Ticket;
import io.tidegate.engine.queue.WaitSettings;
import io.tidegate.engine.telemetry.EngineSnapshot;
import io.tidegate.engine.telemetry.TierSnapshot;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An engine in virtual time, and next to it in plain lists who holds seats, who waits, who was
 * refused and who was served: each decision is judged by these lists.
 *
 * <p>A stamp of the latch may be a millisecond old before it is written again, so the latch must
 * hold for a second and may hold for a millisecond more.
 */
final class EngineModel {
  static final int LIMIT = 10;
  static final int SUBSCRIBERS = 6;
  static final TierTable TIERS = TierTable.defaults();

  private static final int RESERVE = 3;
  private static final int MOST_WAITING = 3;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LATCH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LATCH_MAY_NANOS = LATCH_NANOS + TimeUnit.MILLISECONDS.toNanos(1);
  private static final long CROWDED_NANOS = TimeUnit.MILLISECONDS.toNanos(101);
  private static final long IN_A_RUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
  private static final long TOLERANCE_MILLIS = 250;
  private static final double FADE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final double CLEARLY_LESS_SEATS = .001;
  private static final Map<String, Duration> WAITS = waits();

  private record Running(Permit permit, Tier tier, int seats) {}

  private record Refusal(ServiceClass of, long atNanos) {}

  private record Served(String subscriber, int seats, long atNanos) {}

  private record SentAway(String subscriber, int rank, long atNanos, long millis) {}

  private record Queued(
      Ticket ticket, AdmissionRequest request, ServiceClass of, long sinceNanos) {}

  private record Decided(Queued queued, Admission decision) {}

  final Engine engine;
  long epochMillis;

  /** The clock is about to wrap, as a monotonic one may. */
  private long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20);

  private long tickedNanos = nowNanos;
  private int limit = LIMIT;
  private int reserve = RESERVE;
  private int strangers;

  /** At most so many of a class have been answered and still take up places. */
  private final int[] notForgotten = new int[TIERS.classes().size()];

  private final List<Running> running = new ArrayList<>();
  private final List<Queued> waiting = new ArrayList<>();
  private final List<Decided> told = new ArrayList<>();
  private final List<Refusal> forWantOfRoom = new ArrayList<>();
  private final List<SentAway> sentAway = new ArrayList<>();
  private final List<Served> served = new ArrayList<>();
  private final Set<SessionKey> open = new HashSet<>();
  private final long[] offered = new long[TIERS.tiers().size()];
  private final long[] admitted = new long[offered.length];
  private final long[] refused = new long[offered.length];
  private final long[] left = new long[offered.length];

  EngineModel() {
    EngineSettings settings =
        EngineSettings.of(TIERS)
            .withLimit(LIMIT, RESERVE)
            .withWaits(new WaitSettings(WAITS, MOST_WAITING));
    engine = Engine.stepped(settings, () -> nowNanos, () -> epochMillis);
    step();
  }

  void ask(int tier, int subscriber, boolean opens, int seats) {
    // The tier of a subscriber changes from one request to the next; half of them are strangers.
    String id = opens ? "stranger-" + strangers++ : "s" + subscriber;
    Subscriber who = new Subscriber(id, TIERS.tiers().get(tier));
    AdmissionRequest request = AdmissionRequest.of(who).withSeats(seats);
    Kind kind = open.contains(request.session()) ? Kind.CONTINUING : Kind.OPENING;
    ServiceClass asking = TIERS.classOf(who.tier(), kind);
    boolean fits = held() + seats <= cap(asking) && waiting.stream().noneMatch(notBehind(asking));
    boolean may = fits && !latched(asking, LATCH_NANOS, nowNanos);
    boolean must = fits && !latched(asking, LATCH_MAY_NANOS, nowNanos);

    Admission decision = engine.admit(request);

    offered[tier]++;
    assertThat(decision.serviceClass()).isEqualTo(asking);
    if (decision instanceof Admitted in) {
      assertThat(may).as("%s admitted", asking).isTrue();
      begins(request, asking, in);
    } else if (decision instanceof Waiting waits) {
      assertThat(must).as("%s waits without need", asking).isFalse();
      assertThat(WAITS).containsKey(asking.label());
      assertThat(waitingIn(asking)).isLessThan(MOST_WAITING);
      Queued queued = new Queued(waits.ticket(), request, asking, nowNanos);
      waiting.add(queued);
      waits.ticket().whenDecided(later -> told.add(new Decided(queued, later)));
    } else if (decision instanceof Refused no) {
      assertRefusedRightly(request, asking, no, fits, must);
    }
    step();
  }

  private void assertRefusedRightly(
      AdmissionRequest request, ServiceClass asking, Refused no, boolean fits, boolean must) {
    boolean tooLarge = request.seats() > cap(asking);
    int places = waitingIn(asking) + notForgotten[asking.rank()];
    if (no.reason() == RefusalReason.CAME_EARLY) {
      assertThat(wasSentAway(request.subscriber().id(), asking)).isTrue();
      assertThat(refusedWithin(asking, must ? CROWDED_NANOS : LATCH_MAY_NANOS)).isTrue();
    } else if (no.reason() == RefusalReason.QUEUE_FULL) {
      assertThat(must).as("%s refused without need", asking).isFalse();
      assertThat(places).as("places taken").isGreaterThanOrEqualTo(MOST_WAITING);
    } else {
      assertThat(no.reason()).isEqualTo(RefusalReason.NO_ROOM);
      assertThat(must).as("%s refused without need", asking).isFalse();
      assertThat(tooLarge || !WAITS.containsKey(asking.label())).isTrue();
      assertThat(tooLarge && fits).isFalse();
    }
    if (!tooLarge && no.reason() != RefusalReason.CAME_EARLY) {
      refusedForWantOfRoom(request, asking, no);
    }
    refused[asking.tier().index()]++;
  }

  void end(int which, Outcome outcome) {
    if (which < running.size()) {
      Running ending = running.remove(which);
      ending.permit().complete(outcome);
      ending.permit().complete(Outcome.FAILED);
      step();
    }
  }

  void leave(int which) {
    if (which < waiting.size()) {
      Queued leaving = waiting.remove(which);
      leaving.ticket().leave();
      leaving.ticket().leave();
      left[leaving.of().tier().index()]++;
      notForgotten[leaving.of().rank()]++;
      step();
    }
  }

  void pass(long micros) {
    nowNanos += TimeUnit.MICROSECONDS.toNanos(micros);
    step();
  }

  /** Takes effect at the control loop's next tick. */
  void limit(int seats) {
    engine.upstreamSeats(OptionalInt.of(seats));
    pass(TimeUnit.MILLISECONDS.toMicros(100));
  }

  /** All who run end and all who wait go or are served. */
  void everybodyGoes() {
    while (!running.isEmpty() || !waiting.isEmpty()) {
      end(0, Outcome.SERVED);
      leave(1);
      pass(TimeUnit.MILLISECONDS.toMicros(50));
    }
  }

  private void step() {
    engine.step();
    EngineSnapshot now = engine.snapshot();
    limit = now.limitSeats().orElseThrow();
    reserve = now.reserveSeats();
    assertThat(reserve).isLessThanOrEqualTo(3 * limit / 10);
    boolean ticks = nowNanos - tickedNanos >= TICK_NANOS;
    List<Decided> decided = new ArrayList<>(told);
    told.clear();
    for (Decided each : decided) {
      assertThat(waiting.remove(each.queued())).as("decided once").isTrue();
      notForgotten[each.queued().of().rank()]++;
      if (each.decision() instanceof Admitted in) {
        assertServedRightly(each.queued());
        assertThat(in.queuedNanos()).isEqualTo(nowNanos - each.queued().sinceNanos());
        begins(each.queued().request(), each.queued().of(), in);
      } else if (each.decision() instanceof Refused no) {
        assertThat(ticks || no.reason() == RefusalReason.NO_ROOM).isTrue();
        assertTurnedAwayRightly(each.queued(), no);
      }
    }
    if (ticks) {
      tickedNanos = nowNanos;
      for (ServiceClass each : TIERS.classes()) {
        int free = Math.max(0, MOST_WAITING - 1 - waitingIn(each));
        notForgotten[each.rank()] = Math.min(notForgotten[each.rank()], free);
      }
    }
    assertThat(now.inflightSeats()).isEqualTo(held());
  }

  private void assertServedRightly(Queued one) {
    ServiceClass of = one.of();
    assertThat(held() + one.request().seats()).as("room for %s", of).isLessThanOrEqualTo(cap(of));
    assertThat(latched(of, LATCH_NANOS, nowNanos)).as("latch for %s", of).isFalse();
    for (Queued other : waiting) {
      assertThat(other.of().rank()).as("a better class").isGreaterThanOrEqualTo(of.rank());
      if (other.of().equals(of)) {
        assertThat(use(other)).as("served less").isGreaterThan(use(one) - CLEARLY_LESS_SEATS);
        boolean same = other.request().subscriber().id().equals(one.request().subscriber().id());
        assertThat(same && other.sinceNanos() - one.sinceNanos() < 0).as("came before").isFalse();
      }
    }
  }

  private void assertTurnedAwayRightly(Queued one, Refused no) {
    if (no.reason() == RefusalReason.NO_ROOM) {
      assertThat(one.request().seats()).isGreaterThan(cap(one.of()));
    } else {
      assertThat(no.reason()).isEqualTo(RefusalReason.QUEUE_TIMEOUT);
      boolean mayRush = one.of().tier().equals(TIERS.best()) && one.of().kind() == Kind.OPENING;
      assertThat(nowNanos - one.sinceNanos())
          .isGreaterThanOrEqualTo(mayRush ? IN_A_RUSH_NANOS : longestNanos(one.of()));
      refusedForWantOfRoom(one.request(), one.of(), no);
    }
    refused[one.of().tier().index()]++;
  }

  /** Whoever could have gone at the last tick has gone, and whoever waited too long is told. */
  void assertNobodyWaitsInVain() {
    waiting.stream()
        .map(Queued::of)
        .min((one, other) -> Integer.compare(one.rank(), other.rank()))
        .ifPresent(
            best -> {
              boolean everyOneFits =
                  waiting.stream()
                      .filter(each -> each.of().equals(best))
                      .allMatch(each -> held() + each.request().seats() <= cap(best));
              boolean latched = latched(best, LATCH_MAY_NANOS, tickedNanos);
              assertThat(everyOneFits && !latched).as("%s waits in vain", best).isFalse();
            });
    for (Queued each : waiting) {
      assertThat(tickedNanos - each.sinceNanos()).isLessThan(longestNanos(each.of()));
    }
  }

  void assertBalanced() {
    for (TierSnapshot books : engine.snapshot().tiers()) {
      Tier tier = books.tier();
      long waits = waiting.stream().filter(each -> each.of().tier().equals(tier)).count();
      assertThat(books.offered()).isEqualTo(offered[tier.index()]);
      assertThat(books.admitted()).isEqualTo(admitted[tier.index()]);
      assertThat(books.refusedTotal()).isEqualTo(refused[tier.index()]);
      assertThat(books.leftQueue()).isEqualTo(left[tier.index()]);
      assertThat(books.waiting()).isEqualTo(waits);
      assertThat(books.offered())
          .isEqualTo(books.admitted() + books.refusedTotal() + books.leftQueue() + waits);
      List<Running> run = running.stream().filter(each -> each.tier().equals(tier)).toList();
      assertThat(books.admitted()).isEqualTo(books.completedTotal() + run.size());
      assertThat(books.inflightSeats()).isEqualTo(run.stream().mapToLong(Running::seats).sum());
    }
  }

  private void begins(AdmissionRequest request, ServiceClass of, Admitted in) {
    running.add(new Running(in.permit(), of.tier(), request.seats()));
    served.add(new Served(request.subscriber().id(), request.seats(), nowNanos));
    open.add(request.session());
    admitted[of.tier().index()]++;
  }

  private void refusedForWantOfRoom(AdmissionRequest request, ServiceClass of, Refused no) {
    forWantOfRoom.add(new Refusal(of, nowNanos));
    sentAway.add(
        new SentAway(request.subscriber().id(), of.rank(), nowNanos, no.retryAfterMillis()));
  }

  private boolean wasSentAway(String subscriber, ServiceClass asking) {
    return sentAway.stream()
        .anyMatch(
            each ->
                each.subscriber().equals(subscriber)
                    && each.rank() <= asking.rank()
                    && TimeUnit.NANOSECONDS.toMillis(nowNanos - each.atNanos())
                        <= each.millis() - TOLERANCE_MILLIS);
  }

  private boolean refusedWithin(ServiceClass of, long nanos) {
    return forWantOfRoom.stream()
        .anyMatch(each -> each.of().equals(of) && nowNanos - each.atNanos() < nanos);
  }

  private boolean latched(ServiceClass asking, long nanos, long atNanos) {
    return forWantOfRoom.stream()
        .anyMatch(each -> each.of().rank() < asking.rank() && atNanos - each.atNanos() < nanos);
  }

  private double use(Queued one) {
    return served.stream()
        .filter(each -> each.subscriber().equals(one.request().subscriber().id()))
        .mapToDouble(each -> each.seats() * Math.exp((each.atNanos() - nowNanos) / FADE_NANOS))
        .sum();
  }

  private static Predicate<Queued> notBehind(ServiceClass asking) {
    return each -> each.of().rank() <= asking.rank();
  }

  private int waitingIn(ServiceClass of) {
    return (int) waiting.stream().filter(each -> each.of().equals(of)).count();
  }

  private int held() {
    return running.stream().mapToInt(Running::seats).sum();
  }

  private int cap(ServiceClass of) {
    return of.tier().equals(TIERS.best()) ? limit : limit - reserve;
  }

  private static long longestNanos(ServiceClass of) {
    return WAITS.get(of.label()).toNanos();
  }

  private static Map<String, Duration> waits() {
    Map<String, Duration> waits = new LinkedHashMap<>();
    for (ServiceClass each : TIERS.classes()) {
      if (each.tier().equals(TIERS.best())) {
        waits.put(each.label(), Duration.ofSeconds(5));
      } else if (each.kind() == Kind.CONTINUING) {
        waits.put(each.label(), Duration.ofSeconds(2));
      } else if (each.tier().name().equals("free")) {
        waits.put(each.label(), Duration.ofSeconds(1));
      }
    }
    return waits;
  }
}
