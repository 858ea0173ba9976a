package io.tidegate.loadtest.backend;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tidegate.loadtest.backend.capacity.Bounds;
import io.tidegate.loadtest.backend.capacity.CapacityModel;
import io.tidegate.loadtest.backend.http.ChatPipeline;
import io.tidegate.loadtest.backend.http.Pages;
import io.tidegate.loadtest.backend.http.answer.Completions;
import io.tidegate.loadtest.backend.http.answer.Pacer;
import io.tidegate.loadtest.backend.stats.BackendCounters;
import io.tidegate.loadtest.backend.stats.BackendStats;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running backend. All of it, sockets and capacity model, lives on one event loop, so that
 * nothing in it is shared between threads.
 *
 * <p>Thread-safety: safe for any thread other than its own.
 */
public final class ChatBackend implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChatBackend.class);

  private static final int ACCEPT_BACKLOG = 4096;

  /** Small, so that a reader who does not read is felt after seconds of tokens, not minutes. */
  private static final int SEND_BUFFER_BYTES = 64 << 10;

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(16 << 10, 32 << 10);

  private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

  private final EventLoopGroup loops;
  private final Pacer pacer;
  private final BackendCounters counters;
  private final String host;
  private final int port;

  private ChatBackend(
      EventLoopGroup loops, Pacer pacer, BackendCounters counters, String host, int port) {
    this.loops = loops;
    this.pacer = pacer;
    this.counters = counters;
    this.host = host;
    this.port = port;
  }

  /**
   * Binds the port and serves from then on.
   *
   * @throws IllegalStateException if the address cannot be bound
   */
  public static ChatBackend start(BackendSettings settings) {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("chat-backend", true), NioIoHandler.newFactory());
    EventLoop loop = loops.next();
    BackendCounters counters = new BackendCounters();
    Pacer pacer = new Pacer(loop, settings.capacity(), settings.maxWaiting(), counters);
    Completions completions =
        new Completions(
            pacer, settings.capacity().lengths(), settings.models(), settings.seed(), counters);
    Pages pages = new Pages(pacer, settings.models(), counters);
    ChannelInitializer<SocketChannel> pipeline =
        new ChatPipeline(completions, pages, pacer, settings.maxBodyBytes(), counters);
    try {
      int port = bind(loops, pipeline, settings.host(), settings.port());
      LOG.debug("simulated chat backend listens on {}:{}", settings.host(), port);
      return new ChatBackend(loops, pacer, counters, settings.host(), port);
    } catch (RuntimeException cannotBind) {
      shutDown(loops);
      throw cannotBind;
    }
  }

  private static int bind(
      EventLoopGroup loops, ChannelInitializer<SocketChannel> pipeline, String host, int port) {
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(pipeline)
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException("cannot bind " + host + ":" + port, bound.cause());
    }
    Channel channel = bound.channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  public int port() {
    return port;
  }

  /** The base URL, without a path. */
  public String url() {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + literal + ":" + port;
  }

  public BackendStats stats() {
    return counters.snapshot();
  }

  /**
   * Changes the capacity of the running server; takes effect on requests that arrive afterwards.
   *
   * @param seats 1 to {@value CapacityModel#MAX_SEATS}
   */
  public void setCapacitySeats(int seats) {
    Bounds.check("seats", seats, 1, CapacityModel.MAX_SEATS);
    pacer.setSeats(seats);
  }

  /** Cuts what still runs, and frees the port. */
  @Override
  public void close() {
    shutDown(loops);
  }

  private static void shutDown(EventLoopGroup loops) {
    loops
        .shutdownGracefully(0, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_TIMEOUT_MILLIS);
  }
}
