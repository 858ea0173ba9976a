package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Distribution;
import io.tidegate.loadtest.record.result.Paired;

/**
 * Takes in requests that were sent twice, to the target and around it. A pair counts if both were
 * answered whole, so that both sides tell of the same requests.
 *
 * <p>Not thread-safe: belongs to the thread that drives the client.
 */
public final class PairedLatencies {

  private final Latencies throughFirstToken = new Latencies(Distribution.DIGITS);
  private final Latencies directFirstToken = new Latencies(Distribution.DIGITS);
  private final Latencies throughWhole = new Latencies(Distribution.DIGITS);
  private final Latencies directWhole = new Latencies(Distribution.DIGITS);

  /**
   * How long one of the two took, from being written to its connection.
   *
   * @param firstTokenNanos to the first token
   * @param wholeNanos to the end
   */
  public record Times(long firstTokenNanos, long wholeNanos) {}

  /** Both were answered whole. */
  public void pair(Times through, Times direct) {
    throughFirstToken.record(through.firstTokenNanos());
    directFirstToken.record(direct.firstTokenNanos());
    throughWhole.record(through.wholeNanos());
    directWhole.record(direct.wholeNanos());
  }

  /** All pairs so far. */
  public Paired paired() {
    return new Paired(
        throughFirstToken.distribution(),
        directFirstToken.distribution(),
        throughWhole.distribution(),
        directWhole.distribution());
  }
}
