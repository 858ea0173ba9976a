package io.tidegate.loadtest.backend.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tidegate.loadtest.backend.http.reply.ApiException;

/** Gathers a request's body up to a limit, and answers a larger one in OpenAI's shape. */
final class BoundedBody extends HttpObjectAggregator {

  BoundedBody(int maxBodyBytes) {
    super(maxBodyBytes);
  }

  /** Asked before the body: a client that waits for leave to send it gets a yes or a no. */
  @Override
  protected Object newContinueResponse(
      HttpMessage start, int maxBodyBytes, ChannelPipeline pipeline) {
    return isContentLengthInvalid(start, maxBodyBytes)
        ? tooLarge(maxBodyBytes)
        : super.newContinueResponse(start, maxBodyBytes, pipeline);
  }

  /** The rest of the body is read and forgotten, so that the client gets to read the answer. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // A void promise: failures go to the pipeline.
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    ctx.writeAndFlush(tooLarge(maxContentLength()), ctx.voidPromise());
  }

  private static FullHttpResponse tooLarge(int maxBodyBytes) {
    return ApiException.of(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "The body of your request is larger than " + maxBodyBytes + " bytes.")
        .toResponse();
  }
}
