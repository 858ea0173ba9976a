package io.tidegate.loadtest.backend.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/** Holds pipelined requests back until the one before is answered. */
@SuppressWarnings("FutureReturnValueIgnored") // Writes answer to the promise handed in.
final class OneAtATime extends ChannelDuplexHandler {

  private static final int MAX_PIPELINED_REQUESTS = 16;

  private final Queue<Object> held = new ArrayDeque<>();
  private boolean answering;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object request) {
    if (!answering) {
      answering = true;
      ctx.fireChannelRead(request);
    } else if (held.size() < MAX_PIPELINED_REQUESTS) {
      held.add(request);
    } else {
      ReferenceCountUtil.release(request);
      ctx.close();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean last = message instanceof LastHttpContent;
    ctx.write(message, promise);
    if (last) {
      // Later, so that the handler is done with this answer before it sees the next request.
      ctx.executor().execute(() -> next(ctx));
    }
  }

  private void next(ChannelHandlerContext ctx) {
    Object request = held.poll();
    answering = request != null;
    if (answering) {
      ctx.fireChannelRead(request);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    ctx.fireChannelInactive();
  }
}
