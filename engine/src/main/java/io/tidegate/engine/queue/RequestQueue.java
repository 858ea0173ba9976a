package io.tidegate.engine.queue;

import io.tidegate.engine.admission.Admission;
import io.tidegate.engine.admission.Admission.Waiting;
import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.NanoClock;

/**
 * The requests that wait for a seat: the best class first, and within a class whoever was served
 * least.
 *
 * <p>Whoever asks puts a request into an inbound queue and sets its class's bit in the gate's word.
 * The owner moves it from there to the queue of its class, hands out seats on a wake-up, and looks
 * for those who have waited too long now and then.
 *
 * <p><b>Threading:</b> {@link #mayWait}, {@link #isFull} and {@link #enter} from any thread; {@link
 * #drain}, {@link #tick} and {@link #refuseAll} by the owner alone, one call at a time.
 *
 * <p><b>Progress:</b> entering is lock-free. The owner is never waited for.
 *
 * <p><b>Ordering:</b> a request is in the inbound queue before its class's bit is set or seen set;
 * the owner clears a bit, and then looks at the inbound queue once more. So a request that found
 * the bit set is found by the owner, and one that found it clear sets it, or takes the seat that
 * came free. A seat is taken before the request is claimed, and given back if somebody else claimed
 * it first. Who enters looks at {@code closed} after putting the request in, the owner sets it
 * before it looks: so nobody is left behind.
 *
 * <p><b>Source:</b> start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996), with the service
 * of the last minute in the place of virtual time.
 */
public final class RequestQueue {
  private final Gate gate;
  private final NanoClock clock;
  private final Runnable wake;
  private final int mostPerClass;
  private final TierTable tiers;
  private final AtomicLongArray longestNanos;
  private final ClassQueue[] byRank;
  private final AtomicInteger[] placesTaken;
  private final AtomicLong nextSequence = new AtomicLong();

  // Whoever is in it can be taken out at once. Queues whose writers first swap the tail and then
  // link (as Agrona's do) hide one that is in behind one that is half in, and its wake-up is lost.
  private final Queue<QueuedRequest> inbound = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  /**
   * An empty queue.
   *
   * @param wake asks the owner to call {@link #drain} soon; cheap, and harmless when repeated
   * @param clock tells when a client leaves; everything else is handed its time
   */
  public RequestQueue(
      Gate gate, TierTable tiers, WaitSettings settings, NanoClock clock, Runnable wake) {
    this.gate = gate;
    this.clock = clock;
    this.wake = wake;
    this.tiers = tiers;
    this.mostPerClass = settings.mostPerClass();
    int classes = tiers.classes().size();
    this.longestNanos = new AtomicLongArray(classes);
    this.byRank = new ClassQueue[classes];
    this.placesTaken = new AtomicInteger[classes];
    for (ServiceClass each : tiers.classes()) {
      int rank = each.rank();
      longestNanos.set(rank, settings.nanosOf(each));
      boolean shrinks = each.tier().equals(tiers.best()) && each.kind() == Kind.OPENING;
      Patience patience = new Patience(() -> longestNanos.get(rank), shrinks);
      byRank[each.rank()] = new ClassQueue(each, patience, mostPerClass);
      placesTaken[each.rank()] = new AtomicInteger();
    }
  }

  /** Whether requests of a class wait at all. */
  public boolean mayWait(ServiceClass of) {
    return longestNanos.get(of.rank()) > 0;
  }

  /**
   * Lets the classes wait longer or shorter, those included who wait already. How many may wait at
   * once does not change.
   */
  public void change(WaitSettings settings) {
    tiers.classes().forEach(each -> longestNanos.set(each.rank(), settings.nanosOf(each)));
  }

  /** Whether as many of a class wait as may. */
  public boolean isFull(ServiceClass of) {
    return placesTaken[of.rank()].get() >= mostPerClass;
  }

  /**
   * Takes in a request that there was no room for a moment ago.
   *
   * @return its ticket; or its admission, if room came free; or its refusal, if the queue is full
   */
  public Admission enter(Candidate candidate, long nowNanos) {
    ServiceClass waiting = candidate.serviceClass();
    AtomicInteger places = placesTaken[waiting.rank()];
    if (places.incrementAndGet() > mostPerClass) {
      places.decrementAndGet();
      return candidate.refused(RefusalReason.QUEUE_FULL, nowNanos, 0);
    }
    QueuedRequest request =
        new QueuedRequest(candidate, nowNanos, nextSequence.getAndIncrement(), clock, wake);
    inbound.offer(request);
    if (gate.takeOrWait(waiting, candidate.seats(), nowNanos)) {
      if (request.claim()) {
        return request.admission(nowNanos);
      }
      gate.giveBack(candidate.seats()); // the owner was faster
    }
    if (!request.isWaiting()) {
      wake.run(); // decided before its class's bit was set: the bit may be there for nobody
    }
    if (closed) {
      request.refuse(RefusalReason.DRAINING, nowNanos); // nobody looks after it any more
      gate.nobodyWaits(waiting);
    }
    return new Waiting(request, waiting);
  }

  /** Hands out the seats that are free, until somebody's turn comes who may not go yet. */
  public void drain(long nowNanos) {
    takeIn();
    for (ClassQueue queue : byRank) {
      if (!serve(queue, nowNanos)) {
        return; // a worse class never passes
      }
    }
  }

  /** Turns away those who have waited too long, and serves those whose latch has gone. */
  public void tick(long nowNanos) {
    drain(nowNanos);
    for (ClassQueue queue : byRank) {
      queue.expire(nowNanos, placesTaken[queue.serviceClass().rank()]);
    }
    drain(nowNanos);
  }

  /**
   * Turns everybody away, because the engine closes; and whoever comes later.
   *
   * @throws RuntimeException what a listener threw, after all have been told
   */
  public void refuseAll(long nowNanos) {
    closed = true;
    takeIn();
    RuntimeException failed = null;
    for (ClassQueue queue : byRank) {
      for (QueuedRequest each : queue.all()) {
        try {
          each.refuse(RefusalReason.DRAINING, nowNanos);
        } catch (RuntimeException e) {
          failed = e;
        }
      }
      gate.nobodyWaits(queue.serviceClass());
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** Says false if somebody of the class is left who may not go yet. */
  private boolean serve(ClassQueue queue, long nowNanos) {
    ServiceClass waiting = queue.serviceClass();
    while (true) {
      Optional<QueuedRequest> head = queue.head();
      while (head.isPresent()) {
        if (!serve(head.get(), nowNanos)) {
          return false;
        }
        head = queue.head();
      }
      gate.nobodyWaits(waiting);
      takeIn();
      if (queue.head().isEmpty()) {
        return true;
      }
      gate.somebodyWaits(waiting);
    }
  }

  /** Says false if it may not go yet. */
  private boolean serve(QueuedRequest head, long nowNanos) {
    Candidate candidate = head.candidate();
    ServiceClass waiting = candidate.serviceClass();
    if (candidate.seats() > gate.capOf(waiting)) {
      head.refuse(RefusalReason.NO_ROOM, nowNanos); // the limit fell: it can never fit
      return true;
    }
    if (!gate.takeForHead(waiting, candidate.seats(), nowNanos)) {
      return false;
    }
    if (!head.admit(nowNanos)) {
      gate.giveBack(candidate.seats());
    }
    return true;
  }

  private void takeIn() {
    QueuedRequest request;
    while ((request = inbound.poll()) != null) {
      byRank[request.candidate().serviceClass().rank()].add(request);
    }
  }
}
