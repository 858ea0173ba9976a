package io.tidegate.loadtest.run.crowd;

import io.tidegate.loadtest.run.pacing.Pacer;
import io.tidegate.loadtest.scenario.Session;
import io.tidegate.loadtest.scenario.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Goes through the steps of a scenario. A step that takes time gives the thread back and goes on
 * when its time has come.
 *
 * <p>The next step is always due at a certain moment: the arrival's, the end of an answer, the end
 * of a pause. That moment, not the one it really happens at, is what a request counts from.
 *
 * <p>Not thread-safe: belongs to the client's thread.
 */
final class VirtualUser {

  /** More steps in a row that take no time are a loop that asks nothing. */
  private static final int MAX_IDLE_STEPS = 100_000;

  private final Asker asker;
  private final Pacer pacer;
  private final Ended ended;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Map<Step, Long> paces = new HashMap<>();
  private Session session;
  private long dueNanos;
  private OptionalInt tier = OptionalInt.empty();
  private boolean allServed = true;

  /** Hears of the first request and of the end of a user. */
  interface Ended {
    /** It sends its first request. */
    void begun(int tier);

    /**
     * It has nothing more to do.
     *
     * @param tier of its first request; empty if it sent none
     * @param allServed whether every request was answered whole
     */
    void ended(OptionalInt tier, boolean allServed, long nowNanos);
  }

  VirtualUser(Asker asker, Pacer pacer, Session session, List<Step> steps, Ended ended) {
    this.asker = asker;
    this.pacer = pacer;
    this.session = session;
    this.ended = ended;
    frames.push(new Frame(steps, "", 1, Optional.empty(), Long.MIN_VALUE));
  }

  /** Begins; the first step is due at that moment. */
  void begin(long nanos) {
    dueNanos = nanos;
    proceed();
  }

  private void proceed() {
    for (int steps = 0; steps < MAX_IDLE_STEPS; steps++) {
      Frame frame = frames.peek();
      if (frame == null) {
        ended.ended(tier, allServed, dueNanos);
        return;
      }
      if (frame.hasNext(dueNanos)) {
        if (!perform(frame.next(), frame)) {
          return;
        }
      } else {
        frames.pop();
      }
    }
    throw new IllegalStateException("a scenario has a loop that never asks and never pauses");
  }

  /** True if the next step can follow at once. */
  private boolean perform(Step step, Frame frame) {
    if (step instanceof Step.Ask ask) {
      ask(ask, frame);
      return false;
    }
    if (step instanceof Step.Pause pause) {
      return waitFor(pause.nanos().applyAsLong(session));
    }
    if (step instanceof Step.Pace pace) {
      long last = paces.getOrDefault(step, dueNanos - pace.interval().toNanos());
      long next = Math.max(dueNanos, last + pace.interval().toNanos());
      paces.put(step, next);
      return waitFor(next - dueNanos);
    }
    performAtOnce(step, frame);
    return true;
  }

  private void performAtOnce(Step step, Frame frame) {
    if (step instanceof Step.Change change) {
      session = change.change().apply(session);
    } else if (step instanceof Step.Feed feed) {
      session =
          session.setAll(
              feed.feeder()
                  .take()
                  .orElseThrow(() -> new IllegalStateException("a feeder has no record left")));
    } else if (step instanceof Step.Repeat repeat) {
      int times = repeat.times().applyAsInt(session);
      frames.push(new Frame(repeat.steps(), frame.group, times, repeat.counter(), Long.MIN_VALUE));
    } else if (step instanceof Step.During during) {
      long until = dueNanos + during.duration().toNanos();
      frames.push(new Frame(during.steps(), frame.group, 0, Optional.empty(), until));
    } else if (step instanceof Step.Choose choose) {
      List<Step> chosen = choose.choice().apply(session);
      frames.push(new Frame(chosen, frame.group, 1, Optional.empty(), Long.MIN_VALUE));
    } else if (step instanceof Step.Group group) {
      String name = frame.group + group.name() + " / ";
      frames.push(new Frame(group.steps(), name, 1, Optional.empty(), Long.MIN_VALUE));
    } else if (step instanceof Step.ExitIfFailed && !allServed) {
      frames.clear();
    }
  }

  private void ask(Step.Ask ask, Frame frame) {
    if (tier.isEmpty()) {
      tier = OptionalInt.of(asker.tierOf(ask.call(), session));
      ended.begun(tier.getAsInt());
    }
    asker.ask(
        ask.call(),
        frame.group + ask.call().name(),
        session,
        dueNanos,
        (endNanos, served) -> {
          allServed &= served;
          dueNanos = endNanos;
          proceed();
        });
  }

  private boolean waitFor(long nanos) {
    if (nanos <= 0) {
      return true;
    }
    dueNanos += nanos;
    pacer.at(dueNanos, time -> proceed());
    return false;
  }

  /** Steps that are being gone through, once or again and again. */
  private final class Frame {
    private final List<Step> steps;
    private final String group;
    private final Optional<String> counter;
    private final long untilNanos;
    private int timesLeft;
    private int round;
    private int next;

    Frame(List<Step> steps, String group, int times, Optional<String> counter, long untilNanos) {
      this.steps = steps;
      this.group = group;
      this.counter = counter;
      this.untilNanos = untilNanos;
      this.timesLeft = times;
      this.next = steps.size();
    }

    boolean hasNext(long nowNanos) {
      if (next < steps.size()) {
        return true;
      }
      if (steps.isEmpty() || (timesLeft <= 0 && nowNanos >= untilNanos)) {
        return false;
      }
      timesLeft--;
      next = 0;
      counter.ifPresent(name -> session = session.set(name, round));
      round++;
      return true;
    }

    Step next() {
      return steps.get(next++);
    }
  }
}
