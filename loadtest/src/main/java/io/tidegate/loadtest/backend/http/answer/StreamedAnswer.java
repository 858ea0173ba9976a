package io.tidegate.loadtest.backend.http.answer;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.tidegate.loadtest.backend.capacity.TokenReader;
import io.tidegate.loadtest.backend.http.asked.Fault.Manner;

/** An answer sent as server-sent events, each as soon as it is made and the client has room. */
final class StreamedAnswer implements TokenReader {

  private final Wire wire;
  private final Completion completion;
  private final ChunkBytes chunks;

  StreamedAnswer(Wire wire, Completion completion) {
    this.wire = wire;
    this.completion = completion;
    this.chunks = new ChunkBytes(wire.allocator(), completion);
  }

  @Override
  public void begin() {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_EVENT_STREAM)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
        .set(Completions.REQUEST_ID_HEADER, completion.id());
    wire.write(head);
    wire.writeRaw(chunks.role());
  }

  @Override
  public boolean ready() {
    return wire.isWritable();
  }

  @Override
  public void token(int number) {
    wire.writeRaw(chunks.token(number));
  }

  @Override
  public void flush() {
    wire.flush();
  }

  @Override
  public boolean finish() {
    if (completion.breakOff().isPresent()) {
      breakOff(completion.breakOff().get().manner());
      return false;
    }
    wire.writeRaw(chunks.finish());
    if (completion.includeUsage()) {
      wire.writeRaw(chunks.usage());
    }
    wire.writeRaw(chunks.done());
    wire.write(LastHttpContent.EMPTY_LAST_CONTENT);
    wire.flush();
    return true;
  }

  private void breakOff(Manner manner) {
    if (manner.isHalfChunk()) {
      wire.writeFirstHalf(chunks.token(completion.outputTokens() + 1));
    }
    wire.breakOff(manner);
  }
}
