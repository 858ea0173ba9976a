package io.tidegate.engine.simulation;

import io.tidegate.engine.simulation.scenario.ChatLengths;
import io.tidegate.engine.simulation.scenario.Scenario;
import io.tidegate.engine.simulation.scenario.Trait;
import io.tidegate.engine.tier.Subscriber;
import io.tidegate.engine.tier.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The people in front of the service: they begin conversations at random, think between turns, and
 * come back or go when they are refused.
 */
final class Users {
  /** Subscribers of each tier. */
  static final int SUBSCRIBERS = 1_000;

  private static final int COSTLY_EACH = 10;
  private static final int COSTLY_SEATS = 4;
  private static final int WORDY_EACH = 5;
  private static final int WORDY_TIMES = 4;
  private static final double THINK_SECONDS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final double HEAVY = 10;
  private static final double NANOS = 1e9;

  /** A turn that asks at its time; in the order of time, then of making. */
  private record Due(long nanos, long order, Turn turn) {}

  private final Scenario scenario;
  private final ChatLengths lengths;
  private final double requestsPerSecond;
  private final Random random;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
  private final long[] nextConversation;
  private final Subscriber[][] subscribers;
  private long order;
  private long conversations;

  Users(Scenario scenario, ChatLengths lengths, double requestsPerSecond, Random random) {
    this.scenario = scenario;
    this.lengths = lengths;
    this.requestsPerSecond = requestsPerSecond;
    this.random = random;
    List<Tier> tiers = scenario.tiers().tiers();
    this.nextConversation = new long[tiers.size()];
    this.subscribers = new Subscriber[tiers.size()][SUBSCRIBERS];
    for (Tier tier : tiers) {
      for (int index = 0; index < SUBSCRIBERS; index++) {
        subscribers[tier.index()][index] = new Subscriber(tier.name() + "-" + index, tier);
      }
    }
  }

  /** The turns that ask up to now. */
  List<Turn> ask(long nowNanos) {
    for (Tier tier : scenario.tiers().tiers()) {
      begin(tier, nowNanos);
    }
    List<Turn> asking = new ArrayList<>();
    while (!due.isEmpty() && due.peek().nanos() <= nowNanos) {
      asking.add(due.remove().turn());
    }
    return asking;
  }

  /** A turn was answered; the next one follows, if there is one. Says whether it was the last. */
  boolean answered(Turn turn, long nowNanos) {
    Conversation conversation = turn.conversation;
    conversation.turnsLeft--;
    if (conversation.turnsLeft == 0) {
      return true;
    }
    long thinkNanos = (long) (-Math.log(1 - random.nextDouble()) * THINK_SECONDS * NANOS);
    plan(turnOf(conversation, nowNanos + thinkNanos), nowNanos + thinkNanos);
    return false;
  }

  /** A turn was refused. Says whether its conversation is given up. */
  boolean refused(Turn turn, long retryAfterMillis, long nowNanos) {
    turn.tries++;
    boolean leaves = scenario.habits().manners() == Scenario.Manners.LEAVING;
    if (leaves || nowNanos - turn.bornNanos > PATIENCE_NANOS) {
      return true;
    }
    double seconds = storms(turn) ? 1 : Math.max(1, Math.ceil(retryAfterMillis / 1e3));
    plan(turn, nowNanos + (long) (seconds * NANOS));
    return false;
  }

  /** Whether the subscriber comes back whatever they were told. */
  boolean storms(Turn turn) {
    return scenario.habits().manners() == Scenario.Manners.STORMING
        && turn.conversation.subscriberIndex % 2 == 0;
  }

  private void begin(Tier tier, long nowNanos) {
    double perSecond = conversationsPerSecond(tier, nowNanos);
    while (perSecond > 0 && nextConversation[tier.index()] <= nowNanos) {
      long at = nextConversation[tier.index()];
      if (at > 0) {
        plan(turnOf(conversation(tier), at), at);
      }
      nextConversation[tier.index()] = at + (long) (gap() / perSecond * NANOS) + 1;
    }
    if (perSecond <= 0) {
      nextConversation[tier.index()] = nowNanos;
    }
  }

  private double conversationsPerSecond(Tier tier, long nowNanos) {
    double load = scenario.demand().of(tier.name(), nowNanos / NANOS);
    return load * requestsPerSecond / (scenario.habits().meanTurns() * meanWeight());
  }

  private Conversation conversation(Tier tier) {
    int index = subscriberIndex();
    int turns = 1;
    while (random.nextDouble() > 1 / scenario.habits().meanTurns()) {
      turns++;
    }
    long number = conversations++;
    boolean costly = scenario.capacity().trait() == Trait.COSTLY && number % COSTLY_EACH == 0;
    return new Conversation(
        subscribers[tier.index()][index], index, "c" + number, costly ? COSTLY_SEATS : 1, turns);
  }

  /** What a request takes of the upstream in the mean, against a plain one. */
  private double meanWeight() {
    return switch (scenario.capacity().trait()) {
      case COSTLY -> 1 + (COSTLY_SEATS - 1.0) / COSTLY_EACH;
      case WORDY -> 1 + (WORDY_TIMES - 1.0) / WORDY_EACH;
      default -> 1;
    };
  }

  /** Each as often as the others, but the heavy ones ten times as often. */
  private int subscriberIndex() {
    int heavy = (int) (SUBSCRIBERS * scenario.habits().heavyShare());
    double weights = heavy * HEAVY + SUBSCRIBERS - heavy;
    double place = random.nextDouble() * weights;
    return place < heavy * HEAVY ? (int) (place / HEAVY) : (int) (place - heavy * HEAVY) + heavy;
  }

  private Turn turnOf(Conversation conversation, long atNanos) {
    boolean wordy =
        scenario.capacity().trait() == Trait.WORDY
            && conversation.subscriberIndex % WORDY_EACH == 0;
    int promptTokens = lengths.prompts().draw(random);
    int answerTokens = lengths.answers().draw(random) * (wordy ? WORDY_TIMES : 1);
    return new Turn(conversation, promptTokens, answerTokens, atNanos);
  }

  private void plan(Turn turn, long atNanos) {
    due.add(new Due(atNanos, order++, turn));
  }

  /** A time between two conversations, 1 in the mean, with the scenario's burstiness. */
  private double gap() {
    double square = scenario.habits().burstiness() * scenario.habits().burstiness();
    return square == 1
        ? -Math.log(1 - random.nextDouble())
        : Gamma.sample(random, 1 / square) * square;
  }
}
