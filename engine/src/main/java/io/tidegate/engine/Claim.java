package io.tidegate.engine;

import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Leeway;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.queue.Candidate;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.session.Visit;
import io.tidegate.engine.telemetry.TokenKind;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;

/**
 * All that one request holds, from the moment it has taken its quotas to its end: first as a
 * candidate for seats, then as the permit to use them. Whatever it holds is given back once.
 *
 * <p><b>Threading:</b> any thread. As a candidate it belongs to one thread at a time; as a permit
 * several may complete it at the same moment.
 *
 * <p><b>Progress:</b> wait-free, but for the quotas and the session it gives back, which are
 * lock-free.
 *
 * <p><b>Ordering:</b> the state only moves on, from asking over running and answering to done, by
 * atomic volatile operations. Exactly one caller sees the step to done as its own. The books are
 * closed before the seats are given back, so whoever sees all seats free sees all books closed.
 *
 * <p><b>Source:</b> none.
 */
final class Claim implements Candidate, Permit {
  private static final int ASKING = 0;
  private static final int RUNNING = 1;
  private static final int ANSWERING = 2;
  private static final int DONE = 3;

  private static final VarHandle STATE;
  private static final VarHandle TOKENS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Claim.class, "state", int.class);
      TOKENS = lookup.findVarHandle(Claim.class, "tokens", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Usage(long promptTokens, long completionTokens) {}

  private final Rooms rooms;
  private final AdmissionRequest request;
  private final ServiceClass serviceClass;
  private final long askedNanos;
  private final Holding holding = new Holding();
  private final Visit visit = new Visit();
  private boolean queued;
  private long admittedNanos;
  private int placeInSamples;
  private long firstTokenNanos;
  private volatile Optional<Usage> usage = Optional.empty();

  @SuppressWarnings("UnusedVariable") // Read and written by STATE alone.
  private volatile int state = ASKING;

  @SuppressWarnings("UnusedVariable") // Read and written by TOKENS alone.
  private volatile int tokens;

  Claim(Rooms rooms, AdmissionRequest request, ServiceClass serviceClass, long askedNanos) {
    this.rooms = rooms;
    this.request = request;
    this.serviceClass = serviceClass;
    this.askedNanos = askedNanos;
  }

  /** Takes quotas and a part in the session, everything or nothing; returns a {@link Denial}. */
  long take(int limitSeats) {
    Tier tier = serviceClass.tier();
    long denial = rooms.quotas().take(holding, request, tier, limitSeats, askedNanos);
    if (denial != Denial.NONE) {
      return denial;
    }
    denial = rooms.sessions().enter(visit, request.session(), holding.account(), tier, askedNanos);
    if (denial != Denial.NONE) {
      holding.giveBack(askedNanos);
    }
    return denial;
  }

  /** Gives everything back that was taken, for a request that gets no seats. */
  void giveBack(long nowNanos) {
    visit.left();
    holding.giveBack(nowNanos);
  }

  /** Counts the request as waiting; it must be in nobody else's hands yet. */
  void beginsToWait() {
    queued = true;
    rooms.counters().queued(serviceClass.tier());
  }

  @Override
  public ServiceClass serviceClass() {
    return serviceClass;
  }

  @Override
  public int seats() {
    return request.seats();
  }

  @Override
  public String subscriber() {
    return request.subscriber().id();
  }

  @Override
  public long useOrder() {
    return holding.account().useOrder();
  }

  @Override
  public Admitted admitted(long nowNanos, long queuedNanos) {
    Tier tier = serviceClass.tier();
    admittedNanos = nowNanos;
    visit.admitted();
    holding.account().charge(request.seats(), nowNanos);
    if (request.streamed()) {
      placeInSamples = rooms.samples().dispatched(nowNanos);
    }
    rooms.counters().admitted(tier, request.seats());
    waitsNoLonger(queuedNanos);
    STATE.setVolatile(this, RUNNING);
    return new Admitted(this, serviceClass, queuedNanos);
  }

  @Override
  public Refused refused(RefusalReason reason, long nowNanos, long queuedNanos) {
    boolean forWantOfRoom =
        reason == RefusalReason.QUEUE_FULL || reason == RefusalReason.QUEUE_TIMEOUT;
    if (forWantOfRoom) {
      rooms.gate().stamp(serviceClass, nowNanos);
    }
    giveBack(nowNanos);
    rooms.counters().refused(serviceClass.tier(), reason);
    waitsNoLonger(queuedNanos);
    if (forWantOfRoom) {
      return rooms.gate().refuseForRoom(serviceClass, reason, subscriber(), nowNanos);
    }
    return reason == RefusalReason.NO_ROOM
        ? rooms.gate().refuseForSize(serviceClass)
        : rooms.gate().refuse(serviceClass, reason, Decisions.DRAINING_RETRY_MILLIS);
  }

  @Override
  public void left(long nowNanos, long queuedNanos) {
    giveBack(nowNanos);
    rooms.counters().leftQueue(serviceClass.tier());
    rooms.latencies().queueWait(serviceClass.tier(), queuedNanos);
  }

  @Override
  public void firstToken(long nowNanos) {
    if (!STATE.compareAndSet(this, RUNNING, ANSWERING)) {
      return;
    }
    firstTokenNanos = nowNanos;
    rooms.latencies().firstToken(serviceClass.tier(), nowNanos - askedNanos);
    if (request.streamed()) {
      long ordinaryNanos = request.leeway().ordinaryNanos(nowNanos - admittedNanos);
      rooms
          .samples()
          .firstToken(placeInSamples, request.promptTokens(), nowNanos - ordinaryNanos, nowNanos);
    }
  }

  @Override
  public void tokens(int count) {
    if ((int) STATE.getVolatile(this) == ANSWERING) {
      int before = (int) TOKENS.getAndAdd(this, count);
      if (request.streamed()) {
        Leeway leeway = request.leeway();
        long ordinary = leeway.ordinaryTokens(before + count) - leeway.ordinaryTokens(before);
        rooms.samples().tokens(ordinary);
      }
    }
  }

  @Override
  public void usage(long promptTokens, long completionTokens) {
    usage = Optional.of(new Usage(promptTokens, completionTokens));
  }

  @Override
  public void complete(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    int before = (int) STATE.getAndSet(this, DONE);
    if (before == DONE) {
      return;
    }
    long nowNanos = rooms.clock().nanoTime();
    long heldNanos = nowNanos - admittedNanos;
    rooms.latencies().whole(serviceClass.tier(), outcome, nowNanos - askedNanos);
    if (request.streamed()) {
      if (before == ANSWERING) {
        rooms.samples().ended(nowNanos);
        timeTokens(nowNanos);
      } else {
        rooms.samples().gaveUp(placeInSamples);
      }
    }
    Usage used = usage.orElseGet(() -> new Usage(request.promptTokens(), tokensCounted()));
    countTokens(used);
    visit.ended(nowNanos);
    holding.finish(used.promptTokens(), used.completionTokens(), nowNanos);
    rooms.counters().completed(serviceClass.tier(), outcome, request.seats(), heldNanos);
    rooms.gate().release(request.seats(), heldNanos);
  }

  private void countTokens(Usage used) {
    boolean told = usage.isPresent();
    TokenKind prompt = told ? TokenKind.PROMPT_TOLD : TokenKind.PROMPT_RECKONED;
    TokenKind answer = told ? TokenKind.ANSWER_TOLD : TokenKind.ANSWER_COUNTED;
    rooms.counters().tokens(serviceClass.tier(), prompt, used.promptTokens());
    rooms.counters().tokens(serviceClass.tier(), answer, used.completionTokens());
  }

  /** The first token's time is written before tokens are counted, and so seen with their number. */
  private void timeTokens(long nowNanos) {
    int later = tokensCounted() - 1;
    if (later > 0 && firstTokenNanos != 0) {
      long nanos = (nowNanos - firstTokenNanos) / later;
      rooms.latencies().perOutputToken(serviceClass.tier(), nanos);
    }
  }

  private int tokensCounted() {
    return (int) TOKENS.getVolatile(this);
  }

  private void waitsNoLonger(long queuedNanos) {
    if (queued) {
      rooms.counters().unqueued(serviceClass.tier());
      if (queuedNanos > 0) {
        rooms.latencies().queueWait(serviceClass.tier(), queuedNanos);
      }
    }
  }
}
