package io.tidegate.engine.simulation;

import io.tidegate.engine.admission.RefusalReason;
import io.tidegate.engine.simulation.result.Fairness;
import io.tidegate.engine.simulation.result.Result;
import io.tidegate.engine.simulation.result.TierResult;
import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.TierTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what happens in a run after its warm-up. */
final class Tally {
  private static final long LATCH_NANOS = 1_000_000_000L;
  private static final double FIRST_TOKEN_SECONDS = 2;
  // The objective, and what rounding to whole steps of virtual time may add.
  private static final double TOKEN_SECONDS = .040 * 1.005;
  private static final Set<RefusalReason> FOR_ROOM =
      EnumSet.of(RefusalReason.NO_ROOM, RefusalReason.QUEUE_FULL, RefusalReason.QUEUE_TIMEOUT);

  private final TierTable tiers;
  private final long fromNanos;
  private final long[] offeredByClass;
  private final long[] admittedByClass;
  private final TierTally[] byTier;
  private final long[] lastRefusedForRoom;
  private final long[] offeredBySubscriber = new long[Users.SUBSCRIBERS];
  private final long[] servedBySubscriber = new long[Users.SUBSCRIBERS];
  private final long[] tokensAskedBySubscriber = new long[Users.SUBSCRIBERS];
  private final long[] tokensServedBySubscriber = new long[Users.SUBSCRIBERS];
  private final List<Integer> limitBySecond = new ArrayList<>();
  private double goodTokens;
  private double capacityTokens;
  private long finished;
  private long abandoned;
  private long inversions;
  private long stepsWaiting;
  private double useWhileWaiting;
  private final long[] stormersAdmitted = new long[2];

  Tally(TierTable tiers, long fromNanos) {
    this.tiers = tiers;
    this.fromNanos = fromNanos;
    int classes = tiers.classes().size();
    offeredByClass = new long[classes];
    admittedByClass = new long[classes];
    byTier = new TierTally[tiers.tiers().size()];
    Arrays.setAll(byTier, tier -> new TierTally());
    lastRefusedForRoom = new long[classes];
    Arrays.fill(lastRefusedForRoom, -2 * LATCH_NANOS);
  }

  void admitted(Turn turn, boolean storms, long nowNanos) {
    ServiceClass in = turn.serviceClass;
    for (int better = 0; better < in.rank(); better++) {
      if (nowNanos - lastRefusedForRoom[better] < LATCH_NANOS) {
        inversions++;
        break;
      }
    }
    tallyOf(turn).admitted(nowNanos >= fromNanos);
    if (nowNanos >= fromNanos) {
      offeredByClass[in.rank()]++;
      admittedByClass[in.rank()]++;
      if (!turn.conversation.begun) {
        stormersAdmitted[storms ? 1 : 0]++;
      }
    }
  }

  void asked(Turn turn, long nowNanos) {
    if (turn.tries == 0 && nowNanos >= fromNanos && isBest(turn)) {
      offeredBySubscriber[turn.conversation.subscriberIndex]++;
      tokensAskedBySubscriber[turn.conversation.subscriberIndex] += turn.answerTokens();
    }
  }

  void refused(Turn turn, RefusalReason reason, long nowNanos) {
    if (FOR_ROOM.contains(reason)) {
      lastRefusedForRoom[turn.serviceClass.rank()] = nowNanos;
    }
    tallyOf(turn).refused(nowNanos >= fromNanos);
    if (nowNanos >= fromNanos) {
      offeredByClass[turn.serviceClass.rank()]++;
    }
  }

  void firstToken(Turn turn, long nowNanos) {
    if (nowNanos >= fromNanos) {
      tallyOf(turn).firstToken(turn.firstTokenSeconds());
    }
  }

  void answered(Turn turn, long nowNanos) {
    if (nowNanos < fromNanos) {
      return;
    }
    if (turn.firstTokenSeconds() <= FIRST_TOKEN_SECONDS
        && turn.tokenSeconds(nowNanos) <= TOKEN_SECONDS) {
      goodTokens += (double) turn.answerTokens() * turn.seats();
    }
    if (isBest(turn)) {
      servedBySubscriber[turn.conversation.subscriberIndex]++;
      if (turn.bornNanos >= fromNanos) {
        tokensServedBySubscriber[turn.conversation.subscriberIndex] += turn.answerTokens();
      }
    }
  }

  /** A conversation that had begun is over. */
  void closed(boolean complete, long nowNanos) {
    if (nowNanos >= fromNanos) {
      if (complete) {
        finished++;
      } else {
        abandoned++;
      }
    }
  }

  void step(double seconds, double tokensPerSecond, Admissions admissions, long nowNanos) {
    if (nowNanos < fromNanos) {
      return;
    }
    capacityTokens += seconds * tokensPerSecond;
    if (admissions.anybodyWaiting()) {
      stepsWaiting++;
      useWhileWaiting += (double) admissions.inflightSeats() / admissions.limitSeats();
    }
  }

  void second(int limitSeats) {
    limitBySecond.add(limitSeats);
    for (TierTally each : byTier) {
      each.second();
    }
  }

  Result result() {
    Map<String, TierResult> results = new LinkedHashMap<>();
    tiers.tiers().forEach(tier -> results.put(tier.name(), byTier[tier.index()].result()));
    TierResult best = results.get(tiers.best().name());
    return new Result(
        goodTokens / capacityTokens,
        best.served(),
        finished + abandoned == 0 ? 1 : (double) finished / (finished + abandoned),
        inversions,
        stepsWaiting == 0 ? 1 : useWhileWaiting / stepsWaiting,
        best.firstTokenSeconds(),
        Fairness.jain(offeredBySubscriber, servedBySubscriber),
        Fairness.jain(tokensAskedBySubscriber, tokensServedBySubscriber),
        stormersAdmitted[0] == 0 ? 1 : (double) stormersAdmitted[1] / stormersAdmitted[0],
        servedByClass(),
        results,
        limitBySecond);
  }

  private TierTally tallyOf(Turn turn) {
    return byTier[turn.serviceClass.tier().index()];
  }

  private Map<String, Double> servedByClass() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (ServiceClass each : tiers.classes()) {
      if (offeredByClass[each.rank()] > 0) {
        double admitted = admittedByClass[each.rank()];
        shares.put(each.label(), admitted / offeredByClass[each.rank()]);
      }
    }
    return shares;
  }

  private boolean isBest(Turn turn) {
    return turn.conversation.subscriber.tier().equals(tiers.best());
  }
}
