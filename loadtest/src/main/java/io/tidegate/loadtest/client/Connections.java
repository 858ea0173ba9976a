package io.tidegate.loadtest.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.tidegate.loadtest.record.result.Ending;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Connections to the target, each good for one request at a time. The one used last is used first;
 * one that lay idle for a while is closed, before the server does it under a request.
 *
 * <p>A request that finds none idle waits for the next turn of the thread, in which answers are
 * read that may have come already, and what still waits then gets a connection made: a few in each
 * turn, without a limit to all of them unless there is one. Made at once, each moment that the
 * thread is late would beget connections that nobody needs, whose making would make it later still.
 * Whichever is ready first, a new connection or one that is free again, goes to who has waited
 * longest.
 *
 * <p>Not thread-safe: belongs to the client's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that is closed may close as it likes.
final class Connections {

  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** Making one takes as long as several requests over one that is there. */
  private static final int CONNECTS_PER_TURN = 16;

  private final Bootstrap bootstrap;
  private final InetSocketAddress address;
  private final OptionalInt max;
  private final BiConsumer<Exchange, Channel> ready;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private int open;
  private int connecting;
  private boolean turnAsked;

  /**
   * @param ready takes a request with the connection it may use
   */
  Connections(
      Bootstrap bootstrap,
      InetSocketAddress address,
      OptionalInt max,
      BiConsumer<Exchange, Channel> ready) {
    this.bootstrap = bootstrap;
    this.address = address;
    this.max = max;
    this.ready = ready;
  }

  /** Finds a connection for a request, now or when there is one. */
  void acquire(Exchange exchange, long nowNanos) {
    closeStale(nowNanos);
    Idle found = idle.pollFirst();
    while (found != null && !found.channel.isActive()) {
      found = idle.pollFirst();
    }
    if (found != null) {
      ready.accept(exchange, found.channel);
    } else {
      waiting.addLast(exchange);
      askForTurn();
    }
  }

  /** A request is done with its connection, which is still good. */
  void release(Channel channel, long nowNanos) {
    if (!channel.isActive()) {
      return;
    }
    Exchange next = nextWaiting();
    if (next == null) {
      idle.addFirst(new Idle(channel, nowNanos));
    } else {
      ready.accept(next, channel);
    }
  }

  /** A scheduled task runs after the next look at the sockets, a plain one before it. */
  private void askForTurn() {
    if (!turnAsked) {
      turnAsked = true;
      bootstrap.config().group().schedule(this::connectForThoseWhoWait, 0, TimeUnit.NANOSECONDS);
    }
  }

  private void connectForThoseWhoWait() {
    turnAsked = false;
    waiting.removeIf(Exchange::ended);
    long nowNanos = Nanos.now();
    int begun = 0;
    while (connecting < waiting.size() && (max.isEmpty() || open < max.getAsInt())) {
      if (begun == CONNECTS_PER_TURN) {
        askForTurn();
        return;
      }
      connect(nowNanos);
      begun++;
    }
  }

  private void connect(long begunNanos) {
    open++;
    connecting++;
    ChannelFuture made = bootstrap.connect(address);
    made.addListener(
        done -> {
          connecting--;
          if (done.isSuccess()) {
            made.channel().closeFuture().addListener(closed -> closed());
            connected(made.channel(), begunNanos);
          } else {
            Exchange failed = nextWaiting();
            if (failed != null) {
              failed.end(Ending.ko("connect"), Nanos.now());
            }
            closed();
          }
        });
  }

  private void connected(Channel channel, long begunNanos) {
    long nowNanos = Nanos.now();
    Exchange next = nextWaiting();
    if (next == null) {
      idle.addFirst(new Idle(channel, nowNanos));
    } else {
      next.connected(begunNanos, nowNanos);
      ready.accept(next, channel);
    }
  }

  private void closed() {
    open--;
    if (!waiting.isEmpty()) {
      askForTurn();
    }
  }

  private Exchange nextWaiting() {
    Exchange next = waiting.pollFirst();
    while (next != null && next.ended()) {
      next = waiting.pollFirst();
    }
    return next;
  }

  private void closeStale(long nowNanos) {
    while (!idle.isEmpty() && nowNanos - idle.peekLast().sinceNanos > MAX_IDLE_NANOS) {
      idle.pollLast().channel.close();
    }
  }

  private record Idle(Channel channel, long sinceNanos) {}
}
