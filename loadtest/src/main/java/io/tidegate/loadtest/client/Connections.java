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
 * <p>Not thread-safe: belongs to the client's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that is closed may close as it likes.
final class Connections {

  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Bootstrap bootstrap;
  private final InetSocketAddress address;
  private final OptionalInt max;
  private final BiConsumer<Exchange, Channel> ready;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private int open;

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
    } else if (max.isEmpty() || open < max.getAsInt()) {
      connect(exchange, nowNanos);
    } else {
      waiting.addLast(exchange);
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

  private void connect(Exchange exchange, long nowNanos) {
    open++;
    exchange.connecting(nowNanos);
    ChannelFuture connecting = bootstrap.connect(address);
    connecting.addListener(
        done -> {
          long now = Nanos.now();
          if (done.isSuccess()) {
            Channel channel = connecting.channel();
            channel.closeFuture().addListener(closed -> closed(Nanos.now()));
            exchange.connected(now - nowNanos);
            handOver(exchange, channel, now);
          } else {
            closed(now);
            exchange.end(Ending.ko("connect"), now);
          }
        });
  }

  private void handOver(Exchange exchange, Channel channel, long nowNanos) {
    if (exchange.ended()) {
      release(channel, nowNanos);
    } else {
      ready.accept(exchange, channel);
    }
  }

  private void closed(long nowNanos) {
    open--;
    Exchange next = nextWaiting();
    if (next != null) {
      connect(next, nowNanos);
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
