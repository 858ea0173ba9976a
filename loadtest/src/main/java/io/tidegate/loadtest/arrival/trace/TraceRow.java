package io.tidegate.loadtest.arrival.trace;

/**
 * One request of a trace.
 *
 * @param atNanos when it arrived, from the first row of the file
 * @param inputTokens length of what was asked, 0 or more
 * @param outputTokens length of the answer, 0 or more; 0 stands for an answer that failed
 */
public record TraceRow(long atNanos, int inputTokens, int outputTokens) {

  TraceRow at(long nanos) {
    return new TraceRow(nanos, inputTokens, outputTokens);
  }
}
