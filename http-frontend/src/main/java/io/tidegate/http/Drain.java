package io.tidegate.http;

import io.tidegate.engine.Engine;
import io.tidegate.http.transport.OpenConnections;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import scala.concurrent.ExecutionContext;

/**
 * Waits until what runs has ended: to its own end, with its last byte in its client's socket, or
 * cut at the deadline. New requests are refused meanwhile by a listener that stays open.
 */
final class Drain {

  private static final Duration LOOK = Duration.ofMillis(50);

  /** What has been cut gets this long to tell its clients, and clients as long to close. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private enum Ending {
    NOT_YET,
    /** Nothing runs: what is idle is closed. */
    CLOSING,
    /** The deadline has passed: what runs is ended. */
    CUTTING
  }

  private final Engine engine;
  private final OpenConnections clients;
  private final long runningAtStart;
  private final CompletableFuture<DrainReport> report = new CompletableFuture<>();
  private volatile long deadlineNanos;
  private long goneNanos;
  private volatile Cancellable looking;
  private Ending ending = Ending.NOT_YET;

  private Drain(Engine engine, OpenConnections clients, Duration deadline) {
    this.engine = engine;
    this.clients = clients;
    this.runningAtStart = clients.owingAnswers();
    this.deadlineNanos = System.nanoTime() + deadline.toNanos();
  }

  static Drain begin(
      Engine engine,
      OpenConnections clients,
      Duration deadline,
      Scheduler scheduler,
      ExecutionContext executor) {
    engine.drain();
    Drain drain = new Drain(engine, clients, deadline);
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
    if (ending == Ending.NOT_YET && late) {
      begin(Ending.CUTTING, nowNanos);
      clients.cutAll();
    } else if (ending != Ending.CUTTING && isRunning()) {
      ending = Ending.NOT_YET;
    } else if (ending == Ending.NOT_YET) {
      begin(Ending.CLOSING, nowNanos);
    }
    if (ending == Ending.CLOSING) {
      clients.closeIdle();
    }
    if (ending != Ending.NOT_YET && (clients.count() == 0 || nowNanos - goneNanos >= 0)) {
      end();
    }
  }

  private void begin(Ending newEnding, long nowNanos) {
    ending = newEnding;
    goneNanos = nowNanos + LAST_WORDS.toNanos();
  }

  /** A seat is free when the upstream has said its last; the client may still be reading it. */
  private boolean isRunning() {
    return engine.inflightSeats() > 0 || clients.owingAnswers() > 0;
  }

  private void end() {
    looking.cancel();
    long cut = clients.cutAnswers();
    report.complete(new DrainReport(Math.max(0, runningAtStart - cut), cut));
  }
}
