package io.tidegate.engine.control;

import io.tidegate.engine.tier.NewSubscriberRule;

/**
 * Whether there is a surge.
 *
 * @param level how far it goes
 * @param levelSinceEpochMillis since when; 0 if it has been calm from the start
 * @param surgeSinceEpochMillis when it was last calm, or {@link NewSubscriberRule#NO_SURGE} while
 *     it is
 */
public record SurgeState(Level level, long levelSinceEpochMillis, long surgeSinceEpochMillis) {

  /** How far a surge goes. */
  public enum Level {
    /** Demand fits. */
    CALM("calm"),
    /** Demand takes all or nearly all there is. */
    SURGE("surge"),
    /** Requests are refused for want of room. */
    SHEDDING("shedding");

    private final String label;

    Level(String label) {
      this.label = label;
    }

    /** The level as the status page and the dashboard show it. */
    public String label() {
      return label;
    }
  }

  static SurgeState calm() {
    return new SurgeState(Level.CALM, 0, NewSubscriberRule.NO_SURGE);
  }

  SurgeState to(Level next, long nowEpochMillis) {
    if (next == level) {
      return this;
    }
    long since = level == Level.CALM ? nowEpochMillis : surgeSinceEpochMillis;
    return new SurgeState(
        next, nowEpochMillis, next == Level.CALM ? NewSubscriberRule.NO_SURGE : since);
  }
}
