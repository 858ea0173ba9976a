package io.tidegate.engine.simulation.scenario;

/** What an upstream runs out of first. */
public enum UpstreamKind {
  /** Memory: beyond its room requests wait inside, before their first token. */
  MEMORY_BOUND("U1", .025, 0, true),
  /** Time: each further stream makes all of them slower. */
  TIME_BOUND("U2", .010, .030, false);

  private final String label;
  private final double leastTokenSeconds;
  private final double addedAtKneeSeconds;
  private final boolean bounded;

  UpstreamKind(String label, double leastTokenSeconds, double addedAtKneeSeconds, boolean bounded) {
    this.label = label;
    this.leastTokenSeconds = leastTokenSeconds;
    this.addedAtKneeSeconds = addedAtKneeSeconds;
    this.bounded = bounded;
  }

  /** The kind in tables. */
  public String label() {
    return label;
  }

  /** The time of one output token while that many streams run, relative to the knee. */
  public double tokenSeconds(double runningOverKnee) {
    return leastTokenSeconds + addedAtKneeSeconds * runningOverKnee;
  }

  /** Whether only so many requests as the knee are taken in at once. */
  public boolean bounded() {
    return bounded;
  }
}
