package io.tidegate.bench.queue;

import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Admission.Refused;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.queue.Candidate;
import io.tidegate.engine.tier.ServiceClass;

/**
 * A request that wants one seat, and holds nothing else. Unlike the engine's own permits it gives
 * its seat back as often as it is told, so that a second time shows.
 */
public final class Waiter implements Candidate, Permit {
  private final Gate gate;
  private final ServiceClass serviceClass;

  Waiter(Gate gate, ServiceClass serviceClass) {
    this.gate = gate;
    this.serviceClass = serviceClass;
  }

  @Override
  public ServiceClass serviceClass() {
    return serviceClass;
  }

  @Override
  public int seats() {
    return 1;
  }

  @Override
  public String subscriber() {
    return "s";
  }

  @Override
  public long useOrder() {
    return 0;
  }

  @Override
  public Admitted admitted(long nowNanos, long queuedNanos) {
    return new Admitted(this, serviceClass, queuedNanos);
  }

  @Override
  public Refused refused(RefusalReason reason, long nowNanos, long queuedNanos) {
    return gate.refuse(serviceClass, reason, 1_000);
  }

  @Override
  public void left(long nowNanos, long queuedNanos) {}

  @Override
  public void firstToken(long nowNanos) {}

  @Override
  public void tokens(int count) {}

  @Override
  public void usage(long promptTokens, long completionTokens) {}

  @Override
  public void complete(Outcome outcome) {
    gate.giveBack(1);
  }
}
