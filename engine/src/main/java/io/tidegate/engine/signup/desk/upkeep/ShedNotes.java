package io.tidegate.engine.signup.desk.upkeep;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.signup.desk.upkeep.TellShed.Shed;
import io.tidegate.engine.tier.Subscriber;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * Who was refused of late to protect the service: noted where a refusal is answered, and taken from
 * here by whoever tells of it.
 *
 * <p>Of somebody who was noted nothing more is noted for an hour, so that whoever is refused again
 * and again costs one look into a map. At most 65,536 people are remembered and at most 8,192 wait
 * to be told; more are not noted, until there is room, by one of their later refusals.
 *
 * <p><b>Threading</b>: {@link #refused} for all, {@link #take} and {@link #giveBack} for one thread
 * at a time. <b>Progress</b>: no lock is taken; only who is noted anew may meet another at one bin
 * of the map. <b>Ordering</b>: who is taken was noted before.
 */
public final class ShedNotes {
  static final int REMEMBERED = 65_536;
  private static final int MOST_UNTOLD = 8_192;

  /** A longer name might not fit into an event. */
  private static final int MAX_ID_LENGTH = 256;

  private static final Set<RefusalReason> TO_PROTECT =
      EnumSet.of(
          RefusalReason.NO_ROOM,
          RefusalReason.QUEUE_FULL,
          RefusalReason.QUEUE_TIMEOUT,
          RefusalReason.CAME_EARLY,
          RefusalReason.TIER_FULL,
          RefusalReason.FEATURE_FULL);

  private final EpochClock clock;
  private final Map<String, Long> noted = new ConcurrentHashMap<>();
  private final ManyToOneConcurrentArrayQueue<Shed> untold =
      new ManyToOneConcurrentArrayQueue<>(MOST_UNTOLD);
  private long forgottenAtMillis;

  public ShedNotes(EpochClock clock) {
    this.clock = clock;
    this.forgottenAtMillis = clock.time();
  }

  /** Somebody was refused; whoever did it themselves, by a quota, is not noted. */
  public void refused(Subscriber subscriber, RefusalReason reason) {
    String id = subscriber.id();
    if (!TO_PROTECT.contains(reason)
        || noted.containsKey(id)
        || id.length() > MAX_ID_LENGTH
        || noted.size() >= REMEMBERED) {
      return;
    }
    long nowMillis = clock.time();
    if (noted.putIfAbsent(id, nowMillis) == null) {
      note(new Shed(id, subscriber.tier().name(), reason, nowMillis));
    }
  }

  private void note(Shed shed) {
    if (!untold.offer(shed)) {
      noted.remove(shed.subscriber());
    }
  }

  /** Takes the first of those who were noted, at most so many. */
  public List<Shed> take(int most) {
    forget(clock.time());
    List<Shed> taken = new ArrayList<>();
    untold.drainTo(taken, most);
    return taken;
  }

  /** Takes back what could not be told yet. */
  public void giveBack(List<Shed> sheds) {
    sheds.forEach(this::note);
  }

  // A clock that was set back must not make anybody be remembered for longer.
  private void forget(long nowMillis) {
    long hour = TellShed.ONCE_IN.toMillis();
    if (Math.abs(nowMillis - forgottenAtMillis) >= hour / 60) {
      forgottenAtMillis = nowMillis;
      noted.values().removeIf(at -> Math.abs(nowMillis - at) >= hour);
    }
  }
}
