package io.tidegate.engine.telemetry;

/** What the engine times for each tier. */
public enum TimeKind {
  /** From asking to the first token of the answer, a wait in the queue included. */
  FIRST_TOKEN("first_token"),
  /** How long those waited in the queue who had to, whatever became of them. */
  QUEUE_WAIT("queue_wait"),
  /** The mean time of each token after the first, of streamed answers. */
  OUTPUT_TOKEN("time_per_output_token"),
  /** From asking to the end, of what was served. */
  DURATION("request_duration");

  private final String label;

  TimeKind(String label) {
    this.label = label;
  }

  /** The kind as histogram logs and the live feed name it. */
  public String label() {
    return label;
  }
}
