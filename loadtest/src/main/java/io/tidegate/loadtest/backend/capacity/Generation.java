package io.tidegate.loadtest.backend.capacity;

/**
 * One answer in the making, from the wait outside the batch to its last token. Every method after
 * the end changes nothing.
 *
 * <p>Not thread-safe: belongs to its batch.
 */
public final class Generation extends TimingWheel.Entry {

  private enum Phase {
    WAITING,
    PREFILLING,
    DECODING,
    /** The reader had no room. */
    RESTING,
    /** Nothing more to make, but the reader does not let go. */
    HELD,
    ENDED
  }

  /** Keeps one fast stream from starving the others within a tick. */
  private static final int MAX_TOKENS_PER_TURN = 256;

  private final Batch batch;
  private final Plan plan;
  private final TokenReader reader;
  private Phase phase = Phase.WAITING;
  private int tokensMade;
  private long dueNanos;

  Generation(Batch batch, Plan plan, TokenReader reader) {
    this.batch = batch;
    this.plan = plan;
    this.reader = reader;
  }

  Plan plan() {
    return plan;
  }

  boolean isWaiting() {
    return phase == Phase.WAITING;
  }

  void join(long nowNanos, long prefillNanos) {
    phase = Phase.PREFILLING;
    dueNanos = nowNanos + prefillNanos;
    batch.schedule(this, dueNanos);
  }

  @Override
  void onDue(long nowNanos) {
    if (phase == Phase.PREFILLING) {
      phase = Phase.DECODING;
      reader.begin();
    }
    produce(nowNanos);
  }

  /** The reader has room again. */
  public void resume(long nowNanos) {
    if (phase == Phase.RESTING) {
      phase = Phase.DECODING;
      // What the rest cost is lost: a slow reader slows its own stream, and is not caught up with.
      dueNanos = nowNanos;
      produce(nowNanos);
    }
  }

  /** The client is gone: the work is dropped, whatever stage it is in. */
  public void leave(long nowNanos) {
    if (phase != Phase.ENDED) {
      batch.abort(this, nowNanos);
      phase = Phase.ENDED;
    }
  }

  private void produce(long nowNanos) {
    int budget = MAX_TOKENS_PER_TURN;
    boolean more = true;
    while (more) {
      budget -= fill(nowNanos, budget);
      if (tokensMade == plan.outputTokens()) {
        finish(nowNanos);
        return;
      }
      reader.flush();
      // The flush may have made room.
      more = budget > 0 && dueNanos <= nowNanos && reader.ready();
    }
    if (reader.ready()) {
      batch.schedule(this, dueNanos);
    } else {
      phase = Phase.RESTING;
    }
  }

  private int fill(long nowNanos, int budget) {
    int made = 0;
    while (made < budget
        && tokensMade < plan.outputTokens()
        && dueNanos <= nowNanos
        && reader.ready()) {
      made++;
      tokensMade++;
      reader.token(tokensMade);
      dueNanos += batch.onToken(plan);
    }
    return made;
  }

  private void finish(long nowNanos) {
    if (reader.finish()) {
      phase = Phase.ENDED;
      batch.complete(this, nowNanos);
    } else {
      phase = Phase.HELD;
    }
  }
}
