package io.tidegate.loadtest.record.result;

import java.util.List;

/**
 * What the generator did to the run: whether what it measured can be believed.
 *
 * @param lag how late requests were fired
 * @param blocked how long requests waited for a connection
 * @param gcNanos all pauses of the generator's own garbage collector
 * @param gcLongestNanos the longest of them
 * @param starvedNanos how long in all a thread that wanted to run could not
 * @param wallNanos how long the run took
 * @param unsent requests that were meant to be sent and never were
 * @param problems what went over its bound, in sentences; empty: the run is valid
 */
public record GeneratorHealth(
    Distribution lag,
    Distribution blocked,
    long gcNanos,
    long gcLongestNanos,
    long starvedNanos,
    long wallNanos,
    long unsent,
    List<String> problems) {

  public boolean isValid() {
    return problems.isEmpty();
  }
}
