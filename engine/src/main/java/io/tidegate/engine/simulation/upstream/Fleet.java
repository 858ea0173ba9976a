package io.tidegate.engine.simulation.upstream;

import io.tidegate.engine.simulation.scenario.Capacity;
import io.tidegate.engine.simulation.scenario.ChatLengths;
import io.tidegate.engine.simulation.scenario.Trait;
import java.util.ArrayList;
import java.util.List;

/** All upstreams of a scenario: one, or several that conversations keep to. */
public final class Fleet<W extends Work> {
  private static final double UNREAD_SHARE = .2;
  private static final double[] EVEN = {1};
  // Who goes where, added up: a third more to the first.
  private static final double[] UNEVEN = {.31, .54, .77, 1};

  private final Trait trait;
  private final double[] shares;
  private final List<Upstream<W>> upstreams = new ArrayList<>();

  /** Idle ones. */
  public Fleet(Capacity capacity, ChatLengths lengths, Upstream.Listener<W> listener) {
    this.trait = capacity.trait();
    this.shares = trait == Trait.UNEVEN ? UNEVEN : EVEN;
    double scale = capacity.scale() / shares.length;
    for (int each = 0; each < shares.length; each++) {
      upstreams.add(
          new Upstream<>(capacity.kind(), scale, trait == Trait.PREEMPTION, lengths, listener));
    }
  }

  /** Answer tokens a second that they make at their knees, with requests of mean length. */
  public double capacityTokensPerSecond() {
    return upstreams.stream().mapToDouble(Upstream::capacityTokensPerSecond).sum();
  }

  /** Requests of mean length a second that they answer at their knees. */
  public double capacityRequestsPerSecond() {
    return upstreams.stream().mapToDouble(Upstream::capacityRequestsPerSecond).sum();
  }

  /** Sets the size of all of them, relative to their full one. */
  public void resize(double factor) {
    upstreams.forEach(each -> each.resize(factor));
  }

  /**
   * Takes in a request.
   *
   * @param place where its conversation belongs, from 0 to less than 1
   * @param continues whether something of its conversation was read before
   */
  public void submit(W work, double place, boolean continues) {
    int to = 0;
    while (to < shares.length - 1 && place >= shares[to]) {
      to++;
    }
    boolean cached = continues && trait == Trait.PREFIX_CACHE;
    upstreams.get(to).submit(work, cached ? UNREAD_SHARE : 1);
  }

  /** Lets so many seconds pass, up to now. */
  public void advance(double seconds, long nowNanos) {
    for (Upstream<W> each : upstreams) {
      each.advance(seconds, nowNanos);
    }
  }
}
