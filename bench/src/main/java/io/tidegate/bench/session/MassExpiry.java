package io.tidegate.bench.session;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.quota.Denial;
import io.tidegate.engine.quota.Holding;
import io.tidegate.engine.session.SessionShards;
import io.tidegate.engine.session.Visit;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.Tier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How long decisions take while the shards' actors close very many sessions.
 *
 * <p>A decision looks the session up, checks and takes quotas, opens the session and takes a seat.
 * Two thousand a second are timed, first undisturbed, then while a hundred thousand sessions are
 * due at once, then while all the others are.
 *
 * <p>Run: {@code mvn -B -Dfast -DskipTests package -pl bench -am && java -Xms3g -Xmx3g -XX:+UseZGC
 * -cp bench/target/benchmarks.jar io.tidegate.bench.session.MassExpiry [sessions]}
 */
public final class MassExpiry {
  private static final int DUE_TOGETHER = 100_000;
  private static final long DECISION_EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int WARM_UP = 200_000;

  private final AtomicLong skippedNanos = new AtomicLong();
  private final Crowd crowd = new Crowd(4, true, true, now());
  private final Gate gate = new Gate(Crowd.TIERS, Crowd.LIMIT_SEATS, 0, now(), () -> {});
  private int visitors;

  /** Measures; the one argument is the number of sessions, a million without it. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    new MassExpiry().run(count);
  }

  private void run(int count) throws InterruptedException {
    visitors = count;
    for (int decision = 0; decision < WARM_UP; decision++) {
      decide();
    }
    skip(TimeUnit.MINUTES.toNanos(20));
    crowd.step(now());
    for (int session = 0; session < DUE_TOGETHER; session++) {
      crowd.visit(session, now());
    }
    skip(TimeUnit.SECONDS.toNanos(60));
    for (int session = DUE_TOGETHER; session < count; session++) {
      crowd.visit(session, now());
    }
    System.out.printf("%,d sessions are open%n", crowd.open());
    ActorSystem<Void> owners =
        ActorSystem.create(SessionShards.create(crowd.sessions, this::now), "owners");
    System.gc();
    report("undisturbed", decideFor(TimeUnit.SECONDS.toNanos(10)));
    skip(TimeUnit.MINUTES.toNanos(9) + TimeUnit.SECONDS.toNanos(10));
    closing("a hundred thousand due", TimeUnit.SECONDS.toNanos(5));
    skip(TimeUnit.MINUTES.toNanos(5));
    closing("all others due", TimeUnit.SECONDS.toNanos(10));
    owners.terminate();
    owners.getWhenTerminated().toCompletableFuture().join();
  }

  private void closing(String what, long nanos) {
    long open = crowd.open();
    Histogram times = decideFor(nanos);
    report(what, times);
    // Every decision has opened one more.
    System.out.printf("  %,d closed%n", open + times.getTotalCount() - crowd.open());
  }

  private Histogram decideFor(long nanos) {
    Histogram times = new Histogram(3);
    long start = System.nanoTime();
    long next = start;
    while (next - start < nanos) {
      while (System.nanoTime() - next < 0) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      long before = System.nanoTime();
      decide();
      times.recordValue(System.nanoTime() - before);
      next += DECISION_EVERY_NANOS;
    }
    return times;
  }

  private void decide() {
    AdmissionRequest request = crowd.request(visitors++);
    Tier tier = request.subscriber().tier();
    long nowNanos = now();
    ServiceClass.Kind kind =
        crowd.sessions.isOpen(request.session())
            ? ServiceClass.Kind.CONTINUING
            : ServiceClass.Kind.OPENING;
    Holding holding = new Holding();
    Visit visit = new Visit();
    if (crowd.quotas.check(request, tier, Crowd.LIMIT_SEATS, nowNanos) == Denial.NONE
        && crowd.sessions.check(request.session(), tier, nowNanos) == Denial.NONE
        && crowd.quotas.take(holding, request, tier, Crowd.LIMIT_SEATS, nowNanos) == Denial.NONE
        && crowd.sessions.enter(visit, request.session(), holding.account(), tier, nowNanos)
            == Denial.NONE
        && gate.take(Crowd.TIERS.classOf(tier, kind), 1, nowNanos)) {
      visit.admitted();
      gate.release(1, 0);
      visit.ended(nowNanos);
      holding.finish(10, 10, nowNanos);
    } else {
      throw new IllegalStateException("not admitted");
    }
  }

  private long now() {
    return System.nanoTime() + skippedNanos.get();
  }

  private void skip(long nanos) {
    skippedNanos.addAndGet(nanos);
  }

  private static void report(String what, Histogram times) {
    System.out.printf(
        "%s: %,d decisions, microseconds: median %.1f, p99 %.1f, p99.9 %.1f, longest %.1f%n",
        what,
        times.getTotalCount(),
        times.getValueAtPercentile(50) / 1e3,
        times.getValueAtPercentile(99) / 1e3,
        times.getValueAtPercentile(99.9) / 1e3,
        times.getMaxValue() / 1e3);
  }
}
