package io.tidegate.http.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One client's connection as the rooms above the socket see it: what it waits for, until when, and
 * who works for it.
 *
 * <p>The deadlines of all connections are looked at by one {@link OpenConnections#sweep sweep}, so
 * that entering a phase costs a write and no timer.
 *
 * <p>Threading: phase and listener are written by the connection's own stages, which run one at a
 * time, and read by the sweep.
 */
public final class ClientConnection {

  private static final long NEVER = Long.MAX_VALUE;

  /** Immutable, so that phase and deadline are always read as a pair. */
  private record Wait(Phase phase, long deadlineNanos) {}

  private static final Wait AT_THE_GATE = new Wait(Phase.GATE, NEVER);

  private final InetSocketAddress remote;
  private final ConnectionTimes times;
  private volatile Wait wait;
  private volatile ConnectionListener listener;
  private volatile Runnable closer;
  private boolean gone;

  ClientConnection(InetSocketAddress remote, ConnectionTimes times, long nowNanos) {
    this.remote = remote;
    this.times = times;
    this.wait = new Wait(Phase.HEAD, nowNanos + times.headNanos());
  }

  /** The client's address. */
  public InetSocketAddress remote() {
    return remote;
  }

  public Phase phase() {
    return wait.phase();
  }

  /** Names who works for this connection from now on. */
  public void listen(ConnectionListener newListener) {
    listener = newListener;
  }

  /** Waits for something that a client or an upstream owes within {@code patience}. */
  public void await(Phase phase, Duration patience) {
    wait = new Wait(phase, System.nanoTime() + patience.toNanos());
  }

  /** Nobody but the gate can be late now. */
  public void atTheGate() {
    wait = AT_THE_GATE;
  }

  /** The last answer is out, the next request may come. */
  public void betweenRequests() {
    wait = new Wait(Phase.IDLE, System.nanoTime() + times.keepAliveNanos());
  }

  /** Bytes have come in. If no request is in progress, they begin one. */
  void bytesArrived() {
    if (wait.phase() == Phase.IDLE) {
      wait = new Wait(Phase.HEAD, System.nanoTime() + times.headNanos());
    }
  }

  /** The gate has written its last byte and waits for the client to close. */
  void lingering() {
    wait = new Wait(Phase.LINGER, System.nanoTime() + times.lingerNanos());
  }

  void clientGone() {
    if (!gone) {
      gone = true;
      ConnectionListener current = listener;
      if (current != null) {
        current.clientGone();
      }
    }
  }

  /** Names how the socket's own stage is told to close. */
  void closeWith(Runnable newCloser) {
    closer = newCloser;
  }

  /** Acts if the deadline has passed: closes between requests, else tells whoever works here. */
  void sweep(long nowNanos) {
    Wait seen = wait;
    if (seen.deadlineNanos() == NEVER || nowNanos - seen.deadlineNanos() < 0) {
      return;
    }
    if (seen.phase().isBetweenRequests()) {
      close();
    } else if (listener != null) {
      listener.late(seen.phase());
    }
  }

  /** Ends what runs here: a drain has waited long enough. */
  void cut() {
    ConnectionListener current = listener;
    if (current != null) {
      current.cut();
    } else {
      close();
    }
  }

  void close() {
    Runnable current = closer;
    if (current != null) {
      current.run();
    }
  }
}
