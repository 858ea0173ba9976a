package io.tidegate.engine.simulation;

import io.tidegate.engine.tier.Subscriber;

/** Some turns of one subscriber, one after the other with time to think in between. */
final class Conversation {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  final Subscriber subscriber;
  final int subscriberIndex;
  final String name;
  final int seats;
  int turnsLeft;
  boolean begun;

  /** Where it belongs among several upstreams, from 0 to less than 1. */
  double place() {
    double golden = subscriberIndex * GOLDEN;
    return golden - Math.floor(golden);
  }

  Conversation(Subscriber subscriber, int subscriberIndex, String name, int seats, int turns) {
    this.subscriber = subscriber;
    this.subscriberIndex = subscriberIndex;
    this.name = name;
    this.seats = seats;
    this.turnsLeft = turns;
  }
}
