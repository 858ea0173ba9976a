package io.tidegate.engine.telemetry.stream;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.WriterReaderPhaser;

/**
 * What streamed answers show of the upstream's state, noted on the hot path and taken by interval:
 * how long first tokens take, and how fast the others follow.
 *
 * <p>The life of a stream: {@link #dispatched}, then either {@link #gaveUp}, or {@link #firstToken}
 * and in the end {@link #ended}; {@link #tokens} in between, the first one included. A stream whose
 * client left before the first token leaves no time behind. Answers in one piece are not noted
 * here.
 *
 * <p><b>Threading:</b> any thread notes; readers of intervals take turns, and each interval goes to
 * one of them.
 *
 * <p><b>Progress:</b> noting is wait-free where the processor adds atomically, and allocates
 * nothing but the cells of {@link LongAdder} when threads first meet there. A reader waits for
 * notes under way; nobody waits for a reader.
 *
 * <p><b>Ordering:</b> a first token or an end lies in exactly one interval, with its number and its
 * time together. Tokens are counted beside them, and may be off by those that come during the look.
 *
 * <p><b>Source:</b> HdrHistogram's {@code WriterReaderPhaser}: two tallies, of which writers use
 * one while the reader has the other.
 */
public final class StreamSamples {
  // How long a reader rests before it looks again for writers it waits for, as in HdrHistogram's
  // own recorders. Writers are done within microseconds unless their thread was stopped.
  private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final WriterReaderPhaser phaser = new WriterReaderPhaser();
  private final AwaitingStreams awaiting;
  private final LongAdder tokens = new LongAdder();

  private volatile StreamTally current = new StreamTally();

  // The reader's own, under the phaser's reader lock.
  private StreamTally spare = new StreamTally();
  private long intervalStartNanos;
  private long answering;
  private long tokensBefore;

  /** Samples of an engine without streams. */
  public StreamSamples(long nowNanos) {
    awaiting = new AwaitingStreams(nowNanos);
    intervalStartNanos = nowNanos;
  }

  /** Notes that a stream was sent upstream. Returns its place among those without a token. */
  public int dispatched(long nowNanos) {
    return awaiting.add(nowNanos);
  }

  /**
   * Notes a stream's first token; once for each stream.
   *
   * @param place what {@link #dispatched} returned
   * @param promptTokens the length of the prompt, as far as known
   * @param dispatchedNanos what {@link #dispatched} was told
   */
  public void firstToken(int place, long promptTokens, long dispatchedNanos, long nowNanos) {
    awaiting.takeOff(place);
    PromptBucket prompt = PromptBucket.of(promptTokens);
    long phase = phaser.writerCriticalSectionEnter();
    try {
      current.begin(prompt, nowNanos - dispatchedNanos, nowNanos);
    } finally {
      phaser.writerCriticalSectionExit(phase);
    }
  }

  /** Counts tokens of streams, each stream's first one included. */
  public void tokens(long count) {
    tokens.add(count);
  }

  /** Notes that a stream ended, for whatever reason, before its first token; once, if so. */
  public void gaveUp(int place) {
    awaiting.takeOff(place);
  }

  /** Notes that a stream ended after its first token; once for each stream. */
  public void ended(long nowNanos) {
    long phase = phaser.writerCriticalSectionEnter();
    try {
      current.end(nowNanos);
    } finally {
      phaser.writerCriticalSectionExit(phase);
    }
  }

  /** First tokens noted since the last interval was taken. */
  public long firstTokensPending() {
    return current.begun();
  }

  /** For how long the oldest stream without a token has waited for it; 0 if none waits. */
  public long oldestAwaitingNanos(long nowNanos) {
    return awaiting.oldestNanos(nowNanos);
  }

  /** Ends the interval, returns it, and begins the next one. */
  public StreamInterval take(long nowNanos) {
    phaser.readerLock();
    try {
      StreamTally taken = current;
      current = spare;
      phaser.flipPhase(REST_NANOS);
      StreamInterval interval = read(taken, nowNanos);
      taken.clear();
      spare = taken;
      return interval;
    } finally {
      phaser.readerUnlock();
    }
  }

  private StreamInterval read(StreamTally taken, long nowNanos) {
    long nanos = Math.max(0, nowNanos - intervalStartNanos);
    List<FirstToken> firstTokens = taken.firstTokens();
    long streamNanos = taken.streamNanos(answering, nanos, nowNanos);
    long begun = taken.begun();
    answering += begun - taken.ended();
    intervalStartNanos += nanos;
    long tokensNow = tokens.sum();
    long laterTokens = tokensNow - tokensBefore - begun;
    tokensBefore = tokensNow;
    // Below zero: an end noted just before its first token, or a first token before its count.
    return new StreamInterval(
        nanos,
        firstTokens,
        Math.max(0, streamNanos),
        Math.max(0, laterTokens),
        Math.max(0, answering),
        Math.max(0, awaiting.count()),
        awaiting.oldestNanos(nowNanos));
  }
}
