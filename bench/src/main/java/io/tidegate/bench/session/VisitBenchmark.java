package io.tidegate.bench.session;

import io.tidegate.engine.admission.AdmissionRequest;
import io.tidegate.engine.admission.SessionKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request costs the index of sessions and the subscriber's account: one that renews its
 * session, and one that opens a session which is then ended, the owner's share of both included;
 * beside a concurrent map that is only looked into, or filled and emptied.
 *
 * <p>One thread at a time, which is also the shards' owner. Run: {@code bench/run}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VisitBenchmark {
  private static final int SESSIONS = 1 << 12;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Crowd open = new Crowd(1, true, false, 0);
  private final Crowd changing = new Crowd(1, true, false, 0);
  private final ConcurrentHashMap<SessionKey, AdmissionRequest> map = new ConcurrentHashMap<>();
  private final AdmissionRequest[] requests = new AdmissionRequest[SESSIONS];
  private int next;
  private long nowNanos;

  public VisitBenchmark() {
    for (int session = 0; session < SESSIONS; session++) {
      requests[session] = Crowd.request(session, 1, true);
      open.visit(requests[session], 0);
      map.put(requests[session].session(), requests[session]);
    }
    open.step(0);
  }

  @Benchmark
  public void renew() {
    open.visit(request(), nowNanos);
  }

  @Benchmark
  public void openAndEnd() {
    AdmissionRequest request = request();
    changing.visit(request, nowNanos);
    changing.end(request);
    if (next == 0) {
      nowNanos += STEP_NANOS;
      changing.step(nowNanos);
    }
  }

  @Benchmark
  public AdmissionRequest mapGet() {
    return map.get(request().session());
  }

  @Benchmark
  public AdmissionRequest mapRemoveAndPut() {
    AdmissionRequest request = request();
    map.remove(request.session());
    return map.put(request.session(), request);
  }

  private AdmissionRequest request() {
    next = (next + 1) % SESSIONS;
    return requests[next];
  }
}
