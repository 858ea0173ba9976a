package io.tidegate.engine.queue;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the queue's owner to look, once for however many reasons there are until it does.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Progress:</b> wait-free, but for what it takes to tell the owner.
 *
 * <p><b>Ordering:</b> the wish is noted before the owner is told, and the owner takes it back
 * before it looks: so a wish that comes while it looks tells it again, and none is lost.
 *
 * <p><b>Source:</b> none.
 */
public final class Wake implements Runnable {
  private final AtomicBoolean wished = new AtomicBoolean();
  private volatile Runnable owner = () -> {};

  /** Names who is told; it is told once in any case, for there may have been wishes before. */
  public void by(Runnable owner) {
    this.owner = owner;
    owner.run();
  }

  @Override
  public void run() {
    if (!wished.get() && wished.compareAndSet(false, true)) {
      owner.run();
    }
  }

  /** Takes the wish back, and says whether there was one. The owner looks after this. */
  public boolean answered() {
    return wished.get() && wished.getAndSet(false);
  }
}
