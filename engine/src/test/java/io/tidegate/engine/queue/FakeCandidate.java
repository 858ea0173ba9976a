package io.tidegate.engine.queue;

import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import java.util.concurrent.atomic.AtomicInteger;

/** A request that only holds seats, and counts what becomes of it. */
final class FakeCandidate implements Candidate, Permit {
  final AtomicInteger admitted = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  final AtomicInteger left = new AtomicInteger();
  final AtomicInteger completed = new AtomicInteger();
  volatile RefusalReason reason;
  volatile long use;

  /** Done once, when the queue asks for the cost: what another thread might do at that moment. */
  Runnable whenAskedForSeats = () -> {};

  /** Done when it is admitted, in the middle of a drain. */
  Runnable whenAdmitted = () -> {};

  private final Gate gate;
  private final ServiceClass serviceClass;
  private final int seats;
  private final String subscriber;

  FakeCandidate(Gate gate, ServiceClass serviceClass, int seats, String subscriber) {
    this.gate = gate;
    this.serviceClass = serviceClass;
    this.seats = seats;
    this.subscriber = subscriber;
  }

  /** How often it was answered, in whatever way. */
  int answers() {
    return admitted.get() + refused.get() + left.get();
  }

  @Override
  public ServiceClass serviceClass() {
    return serviceClass;
  }

  @Override
  public int seats() {
    Runnable meanwhile = whenAskedForSeats;
    whenAskedForSeats = () -> {};
    meanwhile.run();
    return seats;
  }

  @Override
  public String subscriber() {
    return subscriber;
  }

  @Override
  public long useOrder() {
    return use;
  }

  @Override
  public Admitted admitted(long nowNanos, long queuedNanos) {
    admitted.incrementAndGet();
    whenAdmitted.run();
    return new Admitted(this, serviceClass, queuedNanos);
  }

  @Override
  public Refused refused(RefusalReason reason, long nowNanos, long queuedNanos) {
    refused.incrementAndGet();
    this.reason = reason;
    if (reason != RefusalReason.NO_ROOM) {
      gate.stamp(serviceClass, nowNanos);
    }
    return gate.refuse(serviceClass, reason, 1_000);
  }

  @Override
  public void left(long nowNanos, long queuedNanos) {
    left.incrementAndGet();
  }

  @Override
  public void firstToken(long nowNanos) {}

  @Override
  public void tokens(int count) {}

  @Override
  public void usage(long promptTokens, long completionTokens) {}

  @Override
  public void complete(Outcome outcome) {
    if (completed.incrementAndGet() == 1) {
      gate.giveBack(seats);
    }
  }
}
