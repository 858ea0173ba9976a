package io.tidegate.loadtest.client.answer;

import io.tidegate.loadtest.record.result.Ending;
import java.util.Optional;

/**
 * Judges whether a stream is whole: numbered tokens without a gap, a finish reason, the last event
 * {@code [DONE]}, nothing after it, and no error among them.
 *
 * <p>Not thread-safe.
 */
public final class StreamCheck {

  private String problem = "";
  private boolean done;
  private Optional<String> finishReason = Optional.empty();
  private long tokens;
  private boolean numbered;

  /** Takes a chunk in; true if it is a token. */
  public boolean chunk(Chunk chunk) {
    if (done) {
      fail("after-done");
    }
    if (chunk.error()) {
      fail("error-event");
    }
    chunk.finishReason().ifPresent(reason -> finishReason = Optional.of(reason));
    if (!chunk.content()) {
      return false;
    }
    tokens++;
    numbered = tokens == 1 ? chunk.number() == 1 : numbered;
    if (numbered && chunk.number() != tokens) {
      fail("out-of-order");
    }
    return true;
  }

  /** The last event came. */
  public void done() {
    if (done) {
      fail("after-done");
    }
    done = true;
  }

  /** Something is wrong with it; what was found first is what counts. */
  public void fail(String what) {
    problem = problem.isEmpty() ? what : problem;
  }

  public long tokens() {
    return tokens;
  }

  public Optional<String> finishReason() {
    return finishReason;
  }

  /**
   * The judgement at the end.
   *
   * @param bodyEnded whether the body came to its own end, rather than the connection to its
   */
  public Ending ending(boolean bodyEnded) {
    if (!problem.isEmpty()) {
      return Ending.ko(problem);
    }
    if (!bodyEnded || (!done && finishReason.isEmpty())) {
      return Ending.ko(Ending.CUT);
    }
    if (!done) {
      return Ending.ko("no-done");
    }
    return finishReason.isEmpty() ? Ending.ko("no-finish-reason") : Ending.ok();
  }
}
