package io.tidegate.engine.gate;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.tier.ServiceClass;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * The permit of the gate: seats that are given back once, whoever asks for it and however often.
 *
 * <p><b>Threading:</b> any thread; several may complete it at the same moment.
 *
 * <p><b>Progress:</b> wait-free.
 *
 * <p><b>Ordering:</b> the state only moves on, from running over answering to done, by atomic
 * volatile operations. Exactly one caller sees the step to done as its own, and returns the seats.
 *
 * <p><b>Source:</b> none.
 */
final class SeatPermit implements Permit {
  private static final int RUNNING = 0;
  private static final int ANSWERING = 1;
  private static final int DONE = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(SeatPermit.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Gate gate;
  private final ServiceClass serviceClass;
  private final int seats;
  private final long admittedNanos;

  @SuppressWarnings("UnusedVariable") // Read and written by STATE alone.
  private volatile int state = RUNNING;

  SeatPermit(Gate gate, ServiceClass serviceClass, int seats, long admittedNanos) {
    this.gate = gate;
    this.serviceClass = serviceClass;
    this.seats = seats;
    this.admittedNanos = admittedNanos;
  }

  @Override
  public void firstToken(long nowNanos) {
    if (STATE.compareAndSet(this, RUNNING, ANSWERING)) {
      gate.firstToken(serviceClass.tier(), nowNanos - admittedNanos);
    }
  }

  @Override
  public void tokens(int count) {}

  @Override
  public void usage(long promptTokens, long completionTokens) {}

  @Override
  public void complete(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    if ((int) STATE.getAndSet(this, DONE) != DONE) {
      gate.release(serviceClass.tier(), seats, admittedNanos, outcome);
    }
  }
}
