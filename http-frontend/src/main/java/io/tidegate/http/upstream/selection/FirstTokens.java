package io.tidegate.http.upstream.selection;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long an upstream took to its first tokens, from when it was given a request, since it was
 * last asked.
 *
 * <p>Threading: many add, one takes; what is added while one takes may count half in this time and
 * half in the next.
 */
public final class FirstTokens {

  private final LongAdder nanos = new LongAdder();
  private final LongAdder count = new LongAdder();

  /**
   * Those of some time.
   *
   * @param count how many
   * @param meanNanos how long they took in the mean; 0 if there were none
   */
  public record Taken(long count, double meanNanos) {}

  /** One has come. */
  public void add(long tookNanos) {
    nanos.add(tookNanos);
    count.increment();
  }

  /** Those since the last call. */
  public Taken take() {
    long many = count.sumThenReset();
    long sum = nanos.sumThenReset();
    return new Taken(many, many == 0 ? 0 : (double) sum / many);
  }
}
