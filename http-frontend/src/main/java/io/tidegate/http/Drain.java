package io.tidegate.http;

import io.tidegate.engine.Engine;
import io.tidegate.engine.telemetry.CutCause;
import io.tidegate.http.transport.StockTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import scala.concurrent.ExecutionContext;

/**
 * Waits until what runs has ended: to its own end, or cut at the deadline. New requests are refused
 * meanwhile by a listener that stays open.
 */
final class Drain {

  private static final Duration LOOK = Duration.ofMillis(50);

  /** What has been cut gets this long to tell its clients. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Engine engine;
  private final StockTransport transport;
  private final long runningAtStart;
  private final long cutAtStart;
  private final CompletableFuture<DrainReport> report = new CompletableFuture<>();
  private volatile long deadlineNanos;
  private volatile long goneNanos;
  private volatile Cancellable looking;
  private boolean cutting;
  private boolean closing;

  private Drain(Engine engine, StockTransport transport, Duration deadline) {
    this.engine = engine;
    this.transport = transport;
    this.runningAtStart = engine.inflightSeats();
    this.cutAtStart = cut();
    this.deadlineNanos = System.nanoTime() + deadline.toNanos();
  }

  static Drain begin(
      Engine engine,
      StockTransport transport,
      Duration deadline,
      Scheduler scheduler,
      ExecutionContext executor) {
    engine.drain();
    Drain drain = new Drain(engine, transport, deadline);
    drain.looking = scheduler.scheduleWithFixedDelay(LOOK, LOOK, drain::look, executor);
    return drain;
  }

  CompletionStage<DrainReport> report() {
    return report;
  }

  /** Moves the deadline; an earlier one counts, a later one does not. */
  void notLaterThan(Duration deadline) {
    long wanted = System.nanoTime() + deadline.toNanos();
    if (wanted - deadlineNanos < 0) {
      deadlineNanos = wanted;
    }
  }

  private void look() {
    long nowNanos = System.nanoTime();
    boolean late = nowNanos - deadlineNanos >= 0;
    if (!closing && engine.inflightSeats() == 0 && !engine.anybodyWaiting()) {
      closing = true;
      goneNanos = nowNanos + LAST_WORDS.toNanos();
      transport.closeIdle();
    }
    if (closing) {
      if (transport.connections() == 0 || nowNanos - goneNanos >= 0) {
        end();
      }
    } else if (late && !cutting) {
      cutting = true;
      goneNanos = nowNanos + LAST_WORDS.toNanos();
      transport.cutAll();
    } else if (cutting && nowNanos - goneNanos >= 0) {
      end();
    }
  }

  private void end() {
    looking.cancel();
    long cut = cut() - cutAtStart;
    report.complete(new DrainReport(Math.max(0, runningAtStart - cut), cut));
  }

  private long cut() {
    return engine.snapshot().streamsCut().getOrDefault(CutCause.DRAIN, 0L);
  }
}
