package io.tidegate.loadtest.backend.http;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.tidegate.loadtest.backend.http.answer.Completions;
import io.tidegate.loadtest.backend.http.answer.Pacer;
import io.tidegate.loadtest.backend.stats.BackendCounters;

/** Sets up the handlers of a client connection, in the order in which a request passes them. */
public final class ChatPipeline extends ChannelInitializer<SocketChannel> {

  private static final int MAX_REQUEST_LINE_BYTES = 8 << 10;
  private static final int MAX_HEADER_BYTES = 64 << 10;

  private final Completions completions;
  private final Pages pages;
  private final Pacer pacer;
  private final int maxBodyBytes;
  private final BackendCounters counters;

  public ChatPipeline(
      Completions completions,
      Pages pages,
      Pacer pacer,
      int maxBodyBytes,
      BackendCounters counters) {
    this.completions = completions;
    this.pages = pages;
    this.pacer = pacer;
    this.maxBodyBytes = maxBodyBytes;
    this.counters = counters;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES);
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(limits),
            new HttpServerKeepAliveHandler(),
            new BoundedBody(maxBodyBytes),
            new OneAtATime(),
            new ChatHandler(completions, pages, pacer, counters));
  }
}
