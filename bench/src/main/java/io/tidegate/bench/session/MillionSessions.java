package io.tidegate.bench.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * What a million open sessions weigh, how fast they are opened and renewed, and how fast they close
 * when all are due at once.
 *
 * <p>Run: {@code mvn -B -Dfast -DskipTests package -pl bench -am && java -Xms3g -Xmx3g
 * -XX:+UseParallelGC -cp bench/target/benchmarks.jar io.tidegate.bench.session.MillionSessions
 * [sessions]}. The collector that copies least by itself gives the steadiest speeds.
 */
public final class MillionSessions {
  private static final int THREADS = 2;
  private static final int ROUNDS = 3;

  private MillionSessions() {}

  /** Measures; the one argument is the number of sessions, a million without it. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    System.out.printf(
        "%,d sessions%n%nbytes each, accounts of their subscribers included%n", count);
    weigh("four sessions each, names of 36 characters", count, 4, true, false);
    weigh("four sessions each, names, rates and session quotas", count, 4, true, true);
    weigh("one session each, named", count, 1, true, false);
    weigh("one session each, without a name", count, 1, false, false);
    weigh("one session each, without a name, rates and session quotas", count, 1, false, true);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.printf("%nround %d%n", round);
      race(count, 1);
      race(count, THREADS);
    }
  }

  private static void weigh(String what, int count, int each, boolean named, boolean rates) {
    long before = usedBytes();
    Crowd crowd = new Crowd(each, named, rates, System.nanoTime());
    for (int session = 0; session < count; session++) {
      crowd.visit(session, System.nanoTime());
    }
    crowd.step(System.nanoTime());
    long after = usedBytes();
    System.out.printf("  %5.0f  %s%n", (after - before) / (double) crowd.open(), what);
  }

  private static void race(int count, int threads) throws Exception {
    long start = System.nanoTime();
    Crowd crowd = new Crowd(4, true, true, start);
    double opening = perSecond(count, threads, session -> crowd.visit(session, System.nanoTime()));
    crowd.step(System.nanoTime());
    double renewing = perSecond(count, threads, session -> crowd.visit(session, System.nanoTime()));
    long open = crowd.open();
    long later = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    long before = System.nanoTime();
    crowd.step(later);
    double closing = open * 1e9 / (System.nanoTime() - before);
    if (open != count || crowd.open() != 0) {
      throw new IllegalStateException(open + " were open, then " + crowd.open());
    }
    System.out.printf(
        "  %d thread%s: %,.0f openings/s, %,.0f renewals/s; one thread closes %,.0f/s%n",
        threads, threads == 1 ? "" : "s", opening, renewing, closing);
  }

  private static double perSecond(int count, int threads, IntConsumer each) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> parts = new ArrayList<>();
    long start = System.nanoTime();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      parts.add(
          pool.submit(
              () -> {
                for (int session = first; session < count; session += threads) {
                  each.accept(session);
                }
              }));
    }
    for (Future<?> part : parts) {
      part.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    pool.shutdown();
    return count / seconds;
  }

  private static long usedBytes() {
    for (int time = 0; time < 3; time++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
