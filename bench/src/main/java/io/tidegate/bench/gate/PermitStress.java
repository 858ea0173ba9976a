package io.tidegate.bench.gate;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.admission.Permit;
import io.tidegate.engine.quota.QuotaSettings;
import io.tidegate.engine.quota.TierQuotas;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.TierTable;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemEpochClock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A permit that two threads complete at once, because an answer ends while its client leaves. What
 * it held comes back once: its subscriber, who may have one request in progress, can begin one
 * afterwards, and not two.
 *
 * <p>Run: {@code bench/jcstress}.
 */
@JCStressTest
@org.openjdk.jcstress.annotations.Outcome(
    id = "1, 0",
    expect = Expect.ACCEPTABLE,
    desc = "It came back once.")
@org.openjdk.jcstress.annotations.Outcome(
    id = "0, 0",
    expect = Expect.FORBIDDEN,
    desc = "It never came back.")
@org.openjdk.jcstress.annotations.Outcome(expect = Expect.FORBIDDEN, desc = "It came back twice.")
@State
public class PermitStress {
  // Far more than are looked at together, and a bound on the accounts of a long run.
  private static final int SUBSCRIBERS = 1 << 17;

  private static final TierTable TIERS = TierTable.defaults();
  private static final TierQuotas ONE_AT_A_TIME =
      new TierQuotas(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.of(1),
          OptionalInt.empty(),
          OptionalLong.empty());
  private static final Engine ENGINE =
      Engine.stepped(
          EngineSettings.of(TIERS)
              .withQuotas(
                  new QuotaSettings(
                      List.of(ONE_AT_A_TIME, ONE_AT_A_TIME, ONE_AT_A_TIME),
                      List.of(),
                      2 * SUBSCRIBERS)),
          System::nanoTime,
          SystemEpochClock.INSTANCE);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final AdmissionRequest request =
      AdmissionRequest.of(new Subscriber("s" + NEXT.getAndIncrement() % SUBSCRIBERS, TIERS.best()));
  private final Permit permit = ((Admitted) ENGINE.admit(request)).permit();

  @Actor
  public void answerEnds() {
    permit.complete(Outcome.SERVED);
  }

  @Actor
  public void clientLeaves() {
    permit.complete(Outcome.CLIENT_GONE);
  }

  @Arbiter
  public void after(II_Result result) {
    Admission first = ENGINE.admit(request);
    Admission second = ENGINE.admit(request);
    result.r1 = completed(first);
    result.r2 = completed(second);
  }

  private static int completed(Admission admission) {
    if (admission instanceof Admitted admitted) {
      admitted.permit().complete(Outcome.SERVED);
      return 1;
    }
    return 0;
  }
}
