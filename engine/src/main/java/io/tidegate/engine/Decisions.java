package io.tidegate.engine;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.queue.RequestQueue;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.tier.ServiceClass;

/**
 * The steps of one decision, in their order: what the subscriber is entitled to, then room, then
 * everything taken at once.
 *
 * <p>First all is only looked at. Whoever is over a quota, or finds no room and may not wait, is
 * refused there: nothing was touched, so nothing is left behind. Only a request with good prospects
 * takes its quotas and its part in the session, then the seats; if another was faster, it waits, or
 * gives all of it back.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> lock-free; a refusal allocates nothing.
 *
 * <p><b>Ordering:</b> quotas before seats, so that a caller over quota stamps no latch; a refuser
 * stamps, and then looks once more.
 *
 * <p><b>Source:</b> none.
 */
final class Decisions {
  // Whoever replaces this gate is not far: the shortest time that keeps clients from hammering.
  static final long DRAINING_RETRY_MILLIS = 1_000;

  private final Rooms rooms;
  private final Gate gate;
  private final RequestQueue queue;

  Decisions(Rooms rooms, RequestQueue queue) {
    this.rooms = rooms;
    this.gate = rooms.gate();
    this.queue = queue;
  }

  /** Decides on a request of that class, which was counted as offered. */
  Admission decide(AdmissionRequest request, ServiceClass asking, long nowNanos) {
    int limitSeats = gate.limitSeats();
    long denial = rooms.quotas().check(request, asking.tier(), limitSeats, nowNanos);
    if (denial == Denial.NONE) {
      denial = rooms.sessions().check(request.session(), asking.tier(), nowNanos);
    }
    if (denial != Denial.NONE) {
      return deny(asking, denial, nowNanos);
    }
    if (request.seats() > gate.capOf(asking)) {
      return count(gate.refuseForSize(asking));
    }
    boolean room = gate.hasRoom(asking, request.seats(), nowNanos);
    long early = gate.tooEarlyMillis(request.subscriber().id(), asking, room, nowNanos);
    if (early > 0) {
      return count(gate.refuse(asking, RefusalReason.CAME_EARLY, early));
    }
    if (!room) {
      boolean waits = queue.mayWait(asking);
      boolean full = waits && queue.isFull(asking);
      if ((!waits || full) && !hasRoomAtSecondLook(asking, request.seats(), nowNanos)) {
        RefusalReason reason = full ? RefusalReason.QUEUE_FULL : RefusalReason.NO_ROOM;
        return refuseForRoom(request, asking, reason, nowNanos);
      }
    }
    return take(request, asking, limitSeats, nowNanos);
  }

  private Admission take(
      AdmissionRequest request, ServiceClass asking, int limitSeats, long nowNanos) {
    Claim claim = new Claim(rooms, request, asking, nowNanos);
    long denial = claim.take(limitSeats);
    if (denial != Denial.NONE) {
      return deny(asking, denial, nowNanos);
    }
    if (gate.take(asking, request.seats(), nowNanos)) {
      return claim.admitted(nowNanos, 0);
    }
    if (queue.mayWait(asking)) {
      claim.beginsToWait();
      return queue.enter(claim, nowNanos);
    }
    gate.stamp(asking, nowNanos);
    if (gate.take(asking, request.seats(), nowNanos)) {
      return claim.admitted(nowNanos, 0);
    }
    claim.giveBack(nowNanos);
    return refuseForRoom(request, asking, RefusalReason.NO_ROOM, nowNanos);
  }

  private boolean hasRoomAtSecondLook(ServiceClass asking, int seats, long nowNanos) {
    gate.stamp(asking, nowNanos);
    return gate.hasRoom(asking, seats, nowNanos);
  }

  private Refused refuseForRoom(
      AdmissionRequest request, ServiceClass asking, RefusalReason reason, long nowNanos) {
    return count(gate.refuseForRoom(asking, reason, request.subscriber().id(), nowNanos));
  }

  /** A quota that does not know when it is free again takes the gate's estimate. */
  private Refused deny(ServiceClass asking, long denial, long nowNanos) {
    RefusalReason reason = Denial.reason(denial);
    long millis = Denial.retryAfterMillis(denial);
    boolean unknown = millis == 0 && reason != RefusalReason.NOT_IN_PLAN;
    return count(
        gate.refuse(asking, reason, unknown ? gate.estimateMillis(asking, nowNanos) : millis));
  }

  private Refused count(Refused refused) {
    rooms.counters().refused(refused.serviceClass().tier(), refused.reason());
    return refused;
  }
}
