package io.tidegate.loadtest.run.crowd;

import io.tidegate.loadtest.arrival.trace.Replay;
import io.tidegate.loadtest.client.Nanos;
import io.tidegate.loadtest.record.Recorder;
import io.tidegate.loadtest.run.pacing.Pacer;
import io.tidegate.loadtest.scenario.Population;
import io.tidegate.loadtest.scenario.Population.Injection.Closed;
import io.tidegate.loadtest.scenario.Population.Injection.Open;
import io.tidegate.loadtest.scenario.Session;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * The users of one population: lets them arrive, replaces them where the workload is closed, and
 * tells when all have ended.
 *
 * <p>Not thread-safe: belongs to the client's thread.
 */
public final class Crowd {

  private final Population population;
  private final Floor floor;
  private final Runnable over;
  private long baseNanos;
  private long arrived;
  private long active;
  private boolean arrivalsOver;

  /** What all crowds of a run share. */
  public record Floor(
      Asker asker, Pacer pacer, Recorder recorder, Executor thread, Users users, long seed) {}

  /** Counts users over all crowds. */
  public static final class Users {
    private long begun;
    private long active;

    public long active() {
      return active;
    }
  }

  /**
   * @param over runs once, when all have arrived and all have ended
   */
  public Crowd(Population population, Floor floor, Runnable over) {
    this.population = population;
    this.floor = floor;
    this.over = over;
  }

  /**
   * Lets them arrive.
   *
   * @param random what their arrivals are drawn from
   */
  public void start(long nanos, SplittableRandom random) {
    baseNanos = nanos;
    if (population.injection() instanceof Open open) {
      floor.pacer.each(nanos, open.arrivals().fireTimes(random), this::arrive);
    } else if (population.injection() instanceof Closed closed) {
      floor.pacer.each(nanos, closed.profile().riseTimes(), this::arriveIfWanted);
    }
    floor.pacer.at(nanos + durationNanos(population) + 1, time -> endArrivals());
  }

  public static long durationNanos(Population population) {
    return population.injection() instanceof Open open
        ? open.arrivals().durationNanos()
        : ((Closed) population.injection()).profile().durationNanos();
  }

  /** How many have arrived so far. */
  public long arrived() {
    return arrived;
  }

  public boolean arrivalsOver() {
    return arrivalsOver;
  }

  public Population population() {
    return population;
  }

  private void endArrivals() {
    arrivalsOver = true;
    tellIfOver();
  }

  private void arriveIfWanted(long dueNanos) {
    Closed closed = (Closed) population.injection();
    if (active < closed.profile().targetAt(dueNanos - baseNanos)) {
      arrive(dueNanos);
    }
  }

  private void arrive(long dueNanos) {
    Session session = Session.of(floor.users.begun++, floor.seed);
    if (population.injection() instanceof Open open && open.arrivals() instanceof Replay replay) {
      session = withCall(session, replay.calls().get((int) arrived));
    }
    arrived++;
    active++;
    floor.users.active++;
    new VirtualUser(
            floor.asker, floor.pacer, session, population.scenario().steps(), new UserWatch())
        .begin(dueNanos);
  }

  private static Session withCall(Session session, Replay.Call call) {
    Session told =
        session.setAll(
            Map.of("inputTokens", call.inputTokens(), "outputTokens", call.outputTokens()));
    return call.tier().map(tier -> told.set("tier", tier)).orElse(told);
  }

  private void tellIfOver() {
    if (arrivalsOver && active == 0) {
      over.run();
    }
  }

  private final class UserWatch implements VirtualUser.Ended {
    @Override
    public void begun(int tier) {
      floor.recorder.conversationBegun(tier);
    }

    @Override
    public void ended(OptionalInt tier, boolean allServed, long nowNanos) {
      active--;
      floor.users.active--;
      if (tier.isPresent() && allServed) {
        floor.recorder.conversationCompleted(tier.getAsInt());
      }
      if (population.injection() instanceof Closed && !arrivalsOver) {
        // Not from here, or users that ask nothing would pile up on the stack.
        floor.thread.execute(() -> arriveIfWanted(Nanos.now()));
      }
      tellIfOver();
    }
  }
}
