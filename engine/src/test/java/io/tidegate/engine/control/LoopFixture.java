package io.tidegate.engine.control;

import io.tidegate.engine.limit.LimitPolicy;
import io.tidegate.engine.limit.LimitSettings;
import io.tidegate.engine.limit.Objective;
import io.tidegate.engine.reserve.Reserve;
import io.tidegate.engine.telemetry.stream.StreamSamples;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A control loop around books and a ceiling that a test writes and reads. */
final class LoopFixture implements Books, Ceiling {
  static final LimitSettings.Adaptive FROM_100 =
      new LimitSettings.Adaptive(OptionalInt.of(100), 8, 4_000, Objective.defaults());
  static final long START_EPOCH_MILLIS = 1_700_000_000_000L;

  final StreamSamples samples = new StreamSamples(0);
  final ControlLoop loop;
  final AtomicLong clock = new AtomicLong();
  long inflightSeats;
  Reserve.Totals seats = new Reserve.Totals(0, 0, 0);
  Requests requests = new Requests(0, 0, 0, 0);
  volatile boolean torn;
  final AtomicInteger looks = new AtomicInteger();
  int limitSeats;
  int reserveSeats;
  int published;

  LoopFixture(LimitSettings settings) {
    LimitPolicy policy = LimitPolicy.of(settings, Optional.empty(), START_EPOCH_MILLIS);
    Reserve reserve = new Reserve(OptionalInt.empty(), false);
    loop = new ControlLoop(policy, reserve, samples, this, this, clock.get());
  }

  /** Lets that many tenths of a second pass, with a tick after each. */
  void pass(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      clock.addAndGet(ControlLoop.TICK_NANOS);
      loop.tick(clock.get(), nowEpochMillis());
    }
  }

  long nowEpochMillis() {
    return START_EPOCH_MILLIS + clock.get() / 1_000_000;
  }

  /** Lets that many seconds pass, each with as many requests offered and refused for room. */
  void passSeconds(int seconds, int offered, int refused) {
    for (int second = 0; second < seconds; second++) {
      requests =
          new Requests(
              requests.offered() + offered,
              requests.refusedForRoom() + refused,
              requests.succeeded() + offered - refused,
              requests.failed());
      pass(10);
    }
  }

  /** Streams that have had their first token after .3 s, and go on. */
  void answer(int streams) {
    for (int stream = 0; stream < streams; stream++) {
      int place = samples.dispatched(clock.get());
      samples.firstToken(place, 1_000, clock.get() - 300_000_000, clock.get());
      samples.tokens(1);
    }
  }

  @Override
  public long inflightSeats() {
    return inflightSeats;
  }

  @Override
  public Reserve.Totals seats() {
    looks.incrementAndGet();
    if (torn) {
      throw new IllegalStateException("these books are torn");
    }
    return seats;
  }

  @Override
  public Requests requests() {
    return requests;
  }

  @Override
  public void publish(int limit, int reserve) {
    limitSeats = limit;
    reserveSeats = reserve;
    published++;
  }
}
