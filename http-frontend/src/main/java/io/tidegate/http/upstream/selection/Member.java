package io.tidegate.http.upstream.selection;

import io.tidegate.http.config.upstream.UpstreamConfig;
import io.tidegate.http.upstream.health.Standing;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One upstream as seen by whoever chooses among them: what it serves, how it stands, and what it
 * has on its hands.
 *
 * <p>Threading: safe for all.
 */
public final class Member {

  private final UpstreamConfig config;
  private final ModelGlobs models;
  private final Standing standing = new Standing();
  private final AtomicInteger inflight = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicInteger seats = new AtomicInteger();
  private final FirstTokens firstTokens = new FirstTokens();

  public Member(UpstreamConfig config) {
    this.config = config;
    this.models = new ModelGlobs(config.models());
  }

  public UpstreamConfig config() {
    return config;
  }

  public ModelGlobs models() {
    return models;
  }

  public Standing standing() {
    return standing;
  }

  /** How soon its answers begin. */
  public FirstTokens firstTokens() {
    return firstTokens;
  }

  /** Requests that are with it, or on their way there. */
  public int inflight() {
    return inflight.get();
  }

  /** Seats that those requests cost. */
  public int seats() {
    return seats.get();
  }

  /**
   * Whether it can take one more. The last one may cost more than there is left, so that as long as
   * all of them together have a seat to give, one of them takes the next request.
   */
  boolean hasRoom() {
    OptionalInt most = config.maxSeats();
    return most.isEmpty() || seats.get() < most.getAsInt();
  }

  /** Takes one more; false if there is no room after all. */
  boolean enter(int cost, boolean overfull, boolean inAnyCase) {
    if (!takeSeats(cost, overfull)) {
      return false;
    }
    if (!standing.enter(inAnyCase)) {
      seats.addAndGet(-cost);
      return false;
    }
    inflight.incrementAndGet();
    return true;
  }

  /** A request has gone on to another upstream, since this one failed it. */
  public void lost() {
    lost.incrementAndGet();
  }

  /** How many requests have gone on to another upstream. */
  public long lostTotal() {
    return lost.get();
  }

  void leave(int cost) {
    seats.addAndGet(-cost);
    inflight.decrementAndGet();
  }

  private boolean takeSeats(int cost, boolean overfull) {
    int most = config.maxSeats().orElse(Integer.MAX_VALUE);
    int now = seats.get();
    while (cost == 0 || overfull || now < most) {
      if (seats.compareAndSet(now, now + cost)) {
        return true;
      }
      now = seats.get();
    }
    return false;
  }
}
