package io.tidegate.engine.simulation;

import io.tidegate.engine.tier.Subscriber;

/** Some turns of one subscriber, one after the other with time to think in between. */
final class Conversation {
  final Subscriber subscriber;
  final int subscriberIndex;
  final String name;
  int turnsLeft;
  boolean begun;

  Conversation(Subscriber subscriber, int subscriberIndex, String name, int turns) {
    this.subscriber = subscriber;
    this.subscriberIndex = subscriberIndex;
    this.name = name;
    this.turnsLeft = turns;
  }
}
