package io.tidegate.loadtest.backend.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.tidegate.loadtest.backend.capacity.Generation;
import io.tidegate.loadtest.backend.http.answer.Completions;
import io.tidegate.loadtest.backend.http.answer.Pacer;
import io.tidegate.loadtest.backend.http.answer.Wire;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import io.tidegate.loadtest.backend.http.reply.Replies;
import io.tidegate.loadtest.backend.stats.BackendCounters;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client connection: sends each request where it belongs, and tells the batch how it fares. */
final class ChatHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(ChatHandler.class);

  private static final String COMPLETIONS = "/v1/chat/completions";
  private static final String API_PREFIX = "/v1/";

  private final Completions completions;
  private final Pages pages;
  private final Pacer pacer;
  private final BackendCounters counters;

  /** The answer in the making, or the last one, which no longer minds what happens here. */
  private Optional<Generation> current = Optional.empty();

  ChatHandler(Completions completions, Pages pages, Pacer pacer, BackendCounters counters) {
    this.completions = completions;
    this.pages = pages;
    this.pacer = pacer;
    this.counters = counters;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    counters.connectionOpened();
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    counters.connectionClosed();
    current.ifPresent(pacer::leave);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      current.ifPresent(pacer::resume);
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Wire wire = new Wire(ctx);
    try {
      route(wire, request);
    } catch (ApiException error) {
      var response = error.toResponse();
      if (request.decoderResult().isFailure()) {
        // Nobody knows where the next request would begin.
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      wire.write(response);
      wire.flush();
    }
  }

  private void route(Wire wire, FullHttpRequest request) throws ApiException {
    if (request.decoderResult().isFailure()) {
      throw ApiException.badRequest("The request is not valid HTTP.");
    }
    String path = request.uri().split("\\?", 2)[0];
    if (path.startsWith(API_PREFIX)) {
      pages.remember(request);
    }
    if (!path.equals(COMPLETIONS)) {
      wire.write(Replies.ok(pages.answer(path, request)));
      wire.flush();
    } else if (request.method().equals(HttpMethod.POST)) {
      current = completions.begin(wire, request);
    } else {
      throw ApiException.methodNotAllowed(HttpMethod.POST.name());
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Nothing is left to do when the close fails.
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("connection closed after an error", cause);
    ctx.close();
  }
}
