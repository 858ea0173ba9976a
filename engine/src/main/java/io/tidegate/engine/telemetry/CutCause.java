package io.tidegate.engine.telemetry;

/** What can end a stream from the gate's side. */
public enum CutCause {
  /** The operator's deadline for draining had come. */
  DRAIN("drain"),
  /** To protect the service. It never happens, and is shown so that anyone can see that. */
  SHED("shed");

  private final String label;

  CutCause(String label) {
    this.label = label;
  }

  /** The cause as metrics show it. */
  public String label() {
    return label;
  }
}
