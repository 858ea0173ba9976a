package io.tidegate.http.upstream;

import io.tidegate.engine.admission.Outcome;
import io.tidegate.http.transport.loop.SocketLoop;
import io.tidegate.http.upstream.wire.Wire;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * One connection to an upstream, good for one request at a time.
 *
 * <p>Whoever acquired it sends one request, and then either releases it, after the answer's last
 * byte, or aborts it at any moment. Both may be called again and then change nothing.
 *
 * <p>Threading: safe for all; the answer comes on a thread of the connection's.
 */
public final class UpstreamConnection implements Wire.User {

  /** Who waits for an answer. Exactly one of the two is called, from any thread. */
  public interface AnswerListener {
    /** The head of the answer is here. Its entity may still be on the way, and may fail. */
    void answered(HttpResponse response);

    /** The connection ended before the head of an answer. */
    void failed(UpstreamFailure failure);
  }

  private enum State {
    IDLE,
    BUSY,
    CLOSED
  }

  private final Upstream upstream;
  private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);
  private final AtomicReference<AnswerListener> waiting = new AtomicReference<>();
  private final Optional<SocketLoop> home;
  private volatile Wire wire;
  private volatile boolean reused;
  private volatile boolean sent;

  /**
   * A connection that is in use from the start: it is opened for a request.
   *
   * @param home the loop on which alone it can be used; empty if it can be used everywhere
   */
  UpstreamConnection(Upstream upstream, Optional<SocketLoop> home) {
    this.upstream = upstream;
    this.home = home;
  }

  /** Joins the connection with what carries it, before anybody else sees it. */
  void runsOn(Wire newWire) {
    wire = newWire;
  }

  Optional<SocketLoop> home() {
    return home;
  }

  /** Sends a request. */
  public void send(HttpRequest request, AnswerListener listener) {
    waiting.set(listener);
    sent = state.get() != State.CLOSED && wire.offer(request);
    if (!sent) {
      closed(null);
    }
  }

  /**
   * Whether the last request has left. If not, the connection had closed by then, and no upstream
   * has seen any of it.
   */
  public boolean sent() {
    return sent;
  }

  /**
   * Whether an earlier request has used this connection. If such a connection ends before an answer
   * begins, the upstream may have closed it for being idle and never have seen the request; but it
   * may as well have died while working on it.
   */
  public boolean reused() {
    return reused;
  }

  /** Gives the connection back for the next request. */
  public void release() {
    if (state.compareAndSet(State.BUSY, State.IDLE)) {
      reused = true;
      upstream.released(this);
    }
  }

  /** Closes the connection at once, whatever is on it. */
  public void abort() {
    state.set(State.CLOSED);
    waiting.set(null);
    wire.abort();
  }

  /** Takes an idle connection for the next request; false if it has closed meanwhile. */
  boolean take() {
    return state.compareAndSet(State.IDLE, State.BUSY);
  }

  @Override
  public void answered(HttpResponse response) {
    AnswerListener listener = waiting.getAndSet(null);
    if (listener != null) {
      listener.answered(response);
    }
  }

  @Override
  public void closed(Throwable reason) {
    state.set(State.CLOSED);
    AnswerListener listener = waiting.getAndSet(null);
    if (listener != null) {
      listener.failed(new UpstreamFailure(Outcome.UPSTREAM_DIED, reason));
    }
  }
}
