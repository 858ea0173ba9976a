package io.tidegate.bench.session;

import io.tidegate.engine.Engine;
import io.tidegate.engine.EngineSettings;
import io.tidegate.engine.admission.Admission.Admitted;
import io.tidegate.engine.admission.Outcome;
import io.tidegate.engine.session.SessionSettings;
import io.tidegate.engine.telemetry.TierSnapshot;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long decisions of a whole engine take while its actors close very many sessions.
 *
 * <p>As many sessions as asked for are opened, as fast as it goes or as asked for, and left alone;
 * after the idle time-out they are due as fast as they were opened. Two thousand decisions a
 * second, each of which opens another session, are timed before that and during it. After each the
 * same thread does nothing for about as long as a decision takes: what that shows is the machine's
 * and the collector's, not the engine's.
 *
 * <p>Run: {@code mvn -B -Dfast -DskipTests package -pl bench -am && java -Xms3g -Xmx3g -cp
 * bench/target/benchmarks.jar io.tidegate.bench.session.MassExpiry [sessions [a second]]}
 */
public final class MassExpiry {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final long DECISION_EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long NOTHING_NANOS = TimeUnit.MICROSECONDS.toNanos(5);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  // The owners look every quarter of a second, and a session closes up to a 128th of its idle time
  // late.
  private static final long LATE_NANOS = SECOND_NANOS;

  private final Engine engine;
  private int visitors;
  private long mostClosed;

  private MassExpiry(Engine engine) {
    this.engine = engine;
  }

  /** Measures; the arguments are how many sessions, a million without it, and how many a second. */
  public static void main(String[] args) {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    long everyNanos = args.length > 1 ? SECOND_NANOS / Integer.parseInt(args[1]) : 0;
    EngineSettings settings =
        EngineSettings.of(Crowd.TIERS)
            .withQuotas(Crowd.quotas(4, true))
            .withSessions(SessionSettings.defaults().withIdleTimeout(IDLE));
    try (Engine engine = Engine.start(settings)) {
      new MassExpiry(engine).run(count, everyNanos);
    }
  }

  private void run(int count, long everyNanos) {
    long start = System.nanoTime();
    while (visitors < count) {
      while (System.nanoTime() < start + visitors * everyNanos) {
        Thread.onSpinWait();
      }
      decide();
    }
    long opened = System.nanoTime();
    System.out.printf(
        "%,d sessions opened by one thread, %,.0f/s%n", open(), count * 1e9 / (opened - start));
    System.gc();
    decideUntil(start + IDLE.toNanos(), "before any is due");
    mostClosed = 0;
    decideUntil(opened + IDLE.toNanos() + LATE_NANOS, "while they close");
    System.out.printf("  %,d closed in one second at most; %,d are open%n", mostClosed, open());
  }

  private void decideUntil(long endNanos, String when) {
    Histogram times = new Histogram(3);
    Histogram nothing = new Histogram(3);
    long second = System.nanoTime();
    long open = open();
    int decisions = 0;
    for (long next = second; next < endNanos; next += DECISION_EVERY_NANOS) {
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      long before = System.nanoTime();
      decide();
      decisions++;
      long after = System.nanoTime();
      times.recordValue(after - before);
      nothing.recordValue(doNothing());
      if (after - second >= SECOND_NANOS) {
        long openNow = open();
        mostClosed = Math.max(mostClosed, open + decisions - openNow);
        second = after;
        open = openNow;
        decisions = 0;
      }
    }
    report(when, times);
    report("  five microseconds of nothing", nothing);
  }

  private static void report(String what, Histogram times) {
    System.out.printf(
        "%s: %,d times, microseconds: median %.1f, p99 %.1f, p99.9 %.1f, longest %.1f%n",
        what,
        times.getTotalCount(),
        times.getValueAtPercentile(50) / 1e3,
        times.getValueAtPercentile(99) / 1e3,
        times.getValueAtPercentile(99.9) / 1e3,
        times.getMaxValue() / 1e3);
  }

  /** Takes about as long as a decision, but for what the machine and the collector do to it. */
  private static long doNothing() {
    long start = System.nanoTime();
    long now = start;
    while (now - start < NOTHING_NANOS) {
      now = System.nanoTime();
    }
    return now - start;
  }

  /** Lets the next visitor open a session. */
  private void decide() {
    if (engine.admit(Crowd.request(visitors++, 4, true)) instanceof Admitted in) {
      in.permit().complete(Outcome.SERVED);
    } else {
      throw new IllegalStateException("not admitted");
    }
  }

  private long open() {
    return engine.snapshot().tiers().stream().mapToLong(TierSnapshot::openSessions).sum();
  }
}
