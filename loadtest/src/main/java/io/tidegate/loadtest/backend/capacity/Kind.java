package io.tidegate.loadtest.backend.capacity;

/** Which resource of the simulated server runs out first. */
public enum Kind {
  /** Memory for keys and values is full at the seats; the time per token begins to grow later. */
  KV(1.0, 1.5),
  /** The time per token grows beyond the seats; memory holds many times that number. */
  COMPUTE(8.0, 1.0);

  private final double memoryRatio;
  private final double kneeRatio;

  Kind(double memoryRatio, double kneeRatio) {
    this.memoryRatio = memoryRatio;
    this.kneeRatio = kneeRatio;
  }

  /** Streams of typical size that memory holds, as a multiple of the seats. */
  double memoryRatio() {
    return memoryRatio;
  }

  /** Running streams from which on the time per token grows, as a multiple of the seats. */
  double kneeRatio() {
    return kneeRatio;
  }
}
