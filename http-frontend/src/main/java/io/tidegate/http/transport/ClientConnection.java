package io.tidegate.http.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One client's connection as the rooms above the socket see it: what it waits for, until when, and
 * who works for it. Apart from that, the socket's own stage says whether the client owes taking
 * bytes: that may be so in any phase.
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

  /** Closes the socket, from any thread. */
  public interface Closer {
    /** In good order, or by a reset where that would have to wait for the client. */
    void close();

    /** By a reset, whatever the client has not taken. */
    void reset();
  }

  private final InetSocketAddress remote;
  private final int maxHeadBytes;
  private final ConnectionTimes times;
  private volatile Wait wait;
  private volatile long takeDeadlineNanos = NEVER;
  private volatile ConnectionListener listener;
  private volatile Closer closer;

  /** Whether a request of this client is with an upstream, or its answer on the way. */
  private volatile boolean answering;

  /** Whether the last bytes of such an answer may not be in the socket yet. */
  private volatile boolean endsAnswer;

  private volatile boolean cutShort;
  private boolean gone;

  /** Null where bytes can reach the socket through the stream alone. */
  private ClientChannel channel;

  ClientConnection(
      InetSocketAddress remote, int maxHeadBytes, ConnectionTimes times, long nowNanos) {
    this.remote = remote;
    this.maxHeadBytes = maxHeadBytes;
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

  /** Names the way to the socket past the stream. Called before the stream's other stages run. */
  public void passBy(ClientChannel newChannel) {
    channel = newChannel;
  }

  /** The way to the socket past the stream; empty if there is none. */
  public Optional<ClientChannel> channel() {
    return Optional.ofNullable(channel);
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

  /** A request of this client goes to an upstream. */
  public void answerBegins() {
    endsAnswer = false;
    answering = true;
  }

  /** Its answer has been handed down as a whole, or has come to nothing. */
  public void answerEnds() {
    if (answering) {
      endsAnswer = true;
      answering = false;
    }
  }

  /** What has been handed down is not all there was: a drain has ended it. */
  public void answerIsCut() {
    cutShort = true;
  }

  /** Whether the client has an answer to get that is not in its socket as a whole. */
  boolean owesAnswer() {
    return answering || (endsAnswer && takeDeadlineNanos != NEVER);
  }

  /** Whether a drain has ended an answer here. */
  boolean isCutShort() {
    return cutShort;
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

  /** How long the head of a request may be, in bytes. */
  int maxHeadBytes() {
    return maxHeadBytes;
  }

  /** Bytes are on their way into the socket; the client owes making room for them. */
  public void writing() {
    takeDeadlineNanos = System.nanoTime() + times.takeNanos();
  }

  /** The socket has taken all there was. */
  public void written() {
    takeDeadlineNanos = NEVER;
    endsAnswer = false;
  }

  /** The gate has written its last byte and waits for the client to close. */
  public void lingering() {
    wait = new Wait(Phase.LINGER, System.nanoTime() + times.lingerNanos());
  }

  /** The client has closed its side, or its socket is gone. */
  public void clientGone() {
    if (!gone) {
      gone = true;
      ConnectionListener current = listener;
      if (current != null) {
        current.clientGone();
      }
    }
  }

  /** Names how the socket's own stage is told to close. */
  public void closeWith(Closer newCloser) {
    closer = newCloser;
  }

  /** Acts if a deadline has passed: closes between requests, else tells whoever works here. */
  void sweep(long nowNanos) {
    long takeDeadline = takeDeadlineNanos;
    Wait seen = wait;
    if (isPast(takeDeadline, nowNanos)) {
      reset();
    } else if (isPast(seen.deadlineNanos(), nowNanos)) {
      if (!seen.phase().isBetweenRequests()) {
        late(seen.phase());
      } else if (takeDeadline == NEVER) {
        close();
      }
    }
  }

  private static boolean isPast(long deadlineNanos, long nowNanos) {
    return deadlineNanos != NEVER && nowNanos - deadlineNanos >= 0;
  }

  private void late(Phase phase) {
    ConnectionListener current = listener;
    if (current != null) {
      current.late(phase);
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
    Closer current = closer;
    if (current != null) {
      current.close();
    }
  }

  private void reset() {
    Closer current = closer;
    if (current != null) {
      current.reset();
    }
  }
}
