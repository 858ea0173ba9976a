package io.tidegate.loadtest.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The end of a connection's pipeline: hands what comes to the request that is on it.
 *
 * <p>Not shareable; belongs to the client's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A connection that is closed may close as it likes.
final class AnswerHandler extends ChannelInboundHandlerAdapter {

  private final BiConsumer<Channel, Long> reusable;
  private Optional<Exchange> exchange = Optional.empty();
  private boolean keepAlive;

  /**
   * @param reusable takes a connection that is free again, and the time
   */
  AnswerHandler(BiConsumer<Channel, Long> reusable) {
    this.reusable = reusable;
  }

  void begin(Exchange next) {
    exchange = Optional.of(next);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpObject part && exchange.isPresent()) {
        read(context, part, exchange.get(), Nanos.now());
      } else {
        context.close();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(
      ChannelHandlerContext context, HttpObject part, Exchange current, long nowNanos) {
    if (part.decoderResult().isFailure()) {
      current.broken("bad-http", nowNanos);
      return;
    }
    if (part instanceof HttpResponse response) {
      keepAlive = HttpUtil.isKeepAlive(response);
      current.head(response, nowNanos);
    }
    if (part instanceof HttpContent content) {
      current.body(content.content(), nowNanos);
    }
    if (part instanceof LastHttpContent && current.complete(nowNanos)) {
      exchange = Optional.empty();
      if (keepAlive) {
        reusable.accept(context.channel(), nowNanos);
      } else {
        context.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    exchange.ifPresent(current -> current.broken("no-answer", Nanos.now()));
    exchange = Optional.empty();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset, in most cases; the end of the connection says the rest.
    context.close();
  }
}
