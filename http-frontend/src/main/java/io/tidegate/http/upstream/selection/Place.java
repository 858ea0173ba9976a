package io.tidegate.http.upstream.selection;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.upstream.health.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt of one request at one upstream: what it holds there, and what the upstream's standing
 * learns from it. It is left exactly once, however often that is said.
 *
 * <p>Threading: safe for all.
 */
public final class Place {

  private enum Stage {
    ASKING,
    ANSWERED,
    LEFT
  }

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int ERRORS = 500;

  private final Member member;
  private final Wanted wanted;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.ASKING);

  Place(Member member, Wanted wanted) {
    this.member = member;
    this.wanted = wanted;
  }

  public Member member() {
    return member;
  }

  /** What the request wants. */
  public Wanted wanted() {
    return wanted;
  }

  /** Whether a status says that there is no room. */
  public static boolean isBusy(int status) {
    return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
  }

  /**
   * The head of an answer is here.
   *
   * @param retryAfter for how long the upstream asks to be left alone, where it does
   */
  public void answered(int status, Optional<Duration> retryAfter, long nowNanos) {
    if (!stage.compareAndSet(Stage.ASKING, Stage.ANSWERED)) {
      return;
    }
    Standing standing = member.standing();
    if (status < ERRORS && !isBusy(status)) {
      standing.answered();
    } else {
      standing.gaveUp();
      if (!isBusy(status)) {
        standing.failed(nowNanos);
      } else if (retryAfter.isPresent()) {
        standing.backOff(retryAfter.get(), nowNanos);
      }
    }
  }

  /** The request is done with this upstream. */
  public void leave(Outcome outcome, long nowNanos) {
    Stage before = stage.getAndSet(Stage.LEFT);
    if (before == Stage.LEFT) {
      return;
    }
    member.leave(wanted.seats());
    Standing standing = member.standing();
    if (before == Stage.ASKING) {
      standing.gaveUp();
    }
    switch (outcome) {
      case SERVED -> standing.served(nowNanos);
      case UPSTREAM_DIED, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT -> standing.failed(nowNanos);
      default -> {}
    }
  }
}
