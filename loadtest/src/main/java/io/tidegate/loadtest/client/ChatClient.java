package io.tidegate.loadtest.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tidegate.loadtest.record.result.Ending;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Sends chat requests and keeps time. All of it lives on one thread, so that nothing is shared and
 * what is measured needs no lock.
 *
 * <p>Thread-safety: {@link #thread} and {@link #close} may be used by any thread, {@link #send} by
 * the client's own only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What becomes of a request is told by its exchange.
public final class ChatClient implements AutoCloseable {

  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final int MAX_CHUNK_BYTES = 64 << 10;
  private static final long CLOSE_MILLIS = 2_000;

  private final ClientSettings settings;
  private final EventLoopGroup loops;
  private final EventLoop loop;
  private final Connections connections;
  private final Set<Exchange> open = new HashSet<>();

  private ChatClient(ClientSettings settings, EventLoopGroup loops) {
    Optional<SslContext> tls = tls(settings);
    this.settings = settings;
    this.loops = loops;
    this.loop = loops.next();
    this.connections =
        new Connections(
            bootstrap(tls), settings.target().address(), settings.maxConnections(), this::write);
  }

  /**
   * A client with no connection yet.
   *
   * @throws IllegalStateException if this machine can do no TLS
   */
  public static ChatClient create(ClientSettings settings) {
    return new ChatClient(
        settings,
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("chat-client", true), NioIoHandler.newFactory()));
  }

  /** Another client on the same thread; closing either closes both. */
  public ChatClient beside(ClientSettings others) {
    return new ChatClient(others, loops);
  }

  /** The client's own thread. */
  public Executor thread() {
    return loop;
  }

  /**
   * Sends a request; never waits.
   *
   * @param intendedNanos when it was meant to be sent, by {@link Nanos}
   */
  public void send(ChatRequest request, long intendedNanos, ChatListener listener) {
    long nowNanos = Nanos.now();
    Exchange exchange = new Exchange(request, listener, open::remove, intendedNanos, nowNanos);
    open.add(exchange);
    after(settings.requestTimeout().toNanos(), exchange, () -> stop(exchange, "timeout"));
    request
        .patienceNanos()
        .ifPresent(
            patience ->
                after(
                    intendedNanos + patience - nowNanos,
                    exchange,
                    () -> exchange.giveUp(Nanos.now())));
    connections.acquire(exchange, nowNanos);
  }

  /** Ends all requests that are still open, for a reason. */
  public void stopAll(String reason) {
    Set.copyOf(open).forEach(exchange -> stop(exchange, reason));
  }

  /** Closes all connections. */
  @Override
  public void close() {
    loops
        .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }

  private static Optional<SslContext> tls(ClientSettings settings) {
    try {
      return settings.target().tls()
          ? Optional.of(SslContextBuilder.forClient().build())
          : Optional.empty();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
    }
  }

  private void write(Exchange exchange, Channel channel) {
    if (exchange.ended()) {
      connections.release(channel, Nanos.now());
      return;
    }
    ChatRequest request = exchange.request();
    channel.pipeline().get(AnswerHandler.class).begin(exchange);
    exchange.sent(channel, Nanos.now());
    channel.writeAndFlush(encode(request), channel.voidPromise());
    request
        .cancelAfterNanos()
        .ifPresent(nanos -> after(nanos, exchange, () -> exchange.cancel(Nanos.now())));
  }

  private FullHttpRequest encode(ChatRequest request) {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    FullHttpRequest http =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            settings.target().path() + request.path(),
            Unpooled.wrappedBuffer(body));
    http.headers()
        .set("host", settings.target().authority())
        .set("content-type", "application/json")
        .set("accept", request.stream() ? "text/event-stream" : "application/json")
        .set("user-agent", "tidegate-loadtest")
        .set("content-length", body.length);
    request.headers().forEach(header -> http.headers().set(header.getKey(), header.getValue()));
    return http;
  }

  private static void stop(Exchange exchange, String reason) {
    exchange.end(Ending.ko(reason), Nanos.now());
  }

  private void after(long nanos, Exchange exchange, Runnable action) {
    exchange.timer(loop.schedule(action, Math.max(0, nanos), TimeUnit.NANOSECONDS));
  }

  private Bootstrap bootstrap(Optional<SslContext> tls) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.toIntExact(settings.connectTimeout().toMillis()))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                tls.ifPresent(context -> channel.pipeline().addLast(tlsHandler(context, channel)));
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec(4096, MAX_HEAD_BYTES, MAX_CHUNK_BYTES))
                    .addLast(new AnswerHandler(connections::release));
              }
            });
  }

  private SslHandler tlsHandler(SslContext context, SocketChannel channel) {
    Target target = settings.target();
    return context.newHandler(channel.alloc(), target.host(), target.port());
  }
}
