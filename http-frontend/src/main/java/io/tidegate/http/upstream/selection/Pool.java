package io.tidegate.http.upstream.selection;

import io.tidegate.http.upstream.health.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * All upstreams, and which of them takes the next request.
 *
 * <p>Those count that serve its model, can be used and have a seat. Among them, those that are
 * trusted come first; one that is not gets what no other can take, since a request that may fail is
 * better than one that is refused. An upstream that is down or has asked to be left alone gets
 * nothing.
 *
 * <p>Threading: safe for all.
 */
public final class Pool {

  private final List<Member> members;
  private final DoubleSupplier random;

  /**
   * A pool of these.
   *
   * @param random from 0 to 1, uniform, 1 left out; safe for all threads
   */
  public Pool(List<Member> members, DoubleSupplier random) {
    this.members = List.copyOf(members);
    this.random = random;
  }

  public List<Member> members() {
    return members;
  }

  /** What a request would find now. Changes nothing, allocates nothing where there is a place. */
  public Outlook outlook(Wanted wanted, long nowNanos) {
    boolean served = false;
    boolean usable = false;
    long retryNanos = Long.MAX_VALUE;
    for (Member member : members) {
      if (member.models().match(wanted.model())) {
        served = true;
        if (member.standing().usable(nowNanos)) {
          if (wanted.seats() == 0 || member.hasRoom()) {
            return Outlook.Ready.INSTANCE;
          }
          usable = true;
        }
        retryNanos = Math.min(retryNanos, retryNanos(member, nowNanos));
      }
    }
    if (!served && !members.isEmpty()) {
      return Outlook.NoModel.INSTANCE;
    }
    return usable ? Outlook.Full.INSTANCE : new Outlook.Down(Math.max(1, retryNanos));
  }

  /** A place for a request; empty if there is none by now. */
  public Optional<Place> take(Wanted wanted, long nowNanos) {
    return take(wanted, List.of(), nowNanos);
  }

  /**
   * A place for a request that some have failed, at another than those. It had its seat at one of
   * them, so it is not held up by the bounds of seats.
   */
  public Optional<Place> takeAgain(Wanted wanted, List<Member> tried, long nowNanos) {
    Optional<Place> place = take(wanted, tried, nowNanos);
    return place.isPresent() ? place : take(wanted, tried, true, nowNanos);
  }

  private Optional<Place> take(Wanted wanted, List<Member> tried, long nowNanos) {
    return take(wanted, tried, false, nowNanos);
  }

  private Optional<Place> take(Wanted wanted, List<Member> tried, boolean overfull, long nowNanos) {
    List<Member> trusted = new ArrayList<>(members.size());
    List<Member> others = new ArrayList<>(0);
    for (Member member : members) {
      Standing standing = member.standing();
      if (member.models().match(wanted.model())
          && standing.usable(nowNanos)
          && !tried.contains(member)
          && (overfull || wanted.seats() == 0 || member.hasRoom())) {
        (standing.trusted(nowNanos) ? trusted : others).add(member);
      }
    }
    return enterOne(trusted, wanted, overfull, false)
        .or(() -> enterOne(joined(trusted, others), wanted, overfull, true));
  }

  /** Enters one of those; whoever is found full by then is left out. */
  private Optional<Place> enterOne(
      List<Member> among, Wanted wanted, boolean overfull, boolean inAnyCase) {
    List<Member> left = new ArrayList<>(among);
    while (!left.isEmpty()) {
      Member chosen = TwoChoices.of(left, random);
      if (chosen.enter(wanted.seats(), overfull, inAnyCase)) {
        return Optional.of(new Place(chosen, wanted));
      }
      left.remove(chosen);
    }
    return Optional.empty();
  }

  private static List<Member> joined(List<Member> some, List<Member> others) {
    List<Member> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** When this one may be usable again: after its back-off, or at the next look at it. */
  private static long retryNanos(Member member, long nowNanos) {
    long look = member.standing().healthy() ? 0 : member.config().health().interval().toNanos();
    return Math.max(look, member.standing().backOffNanos(nowNanos));
  }
}
