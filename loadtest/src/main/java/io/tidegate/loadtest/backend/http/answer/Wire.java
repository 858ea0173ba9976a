package io.tidegate.loadtest.backend.http.answer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.tidegate.loadtest.backend.http.asked.Fault.Manner;

/**
 * One connection's way out: HTTP through the codec, ready bytes past it, and the ways to break.
 *
 * <p>Not thread-safe: belongs to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Void promises: failures go to exceptionCaught.
public final class Wire {

  private final ChannelHandlerContext context;
  private final ChannelHandlerContext pastCodec;

  public Wire(ChannelHandlerContext context) {
    this.context = context;
    this.pastCodec = context.pipeline().context(HttpServerCodec.class);
  }

  public ByteBufAllocator allocator() {
    return context.alloc();
  }

  public boolean isWritable() {
    return context.channel().isWritable();
  }

  /** Writes a part of an HTTP message. */
  public void write(Object httpMessage) {
    context.write(httpMessage, context.voidPromise());
  }

  /** Writes bytes as they are. */
  public void writeRaw(ByteBuf bytes) {
    pastCodec.write(bytes, pastCodec.voidPromise());
  }

  public void writeFirstHalf(ByteBuf bytes) {
    writeRaw(bytes.writerIndex(bytes.readerIndex() + bytes.readableBytes() / 2));
  }

  public void flush() {
    context.flush();
  }

  public void breakOff(Manner manner) {
    flush();
    switch (manner) {
      case RESET -> reset();
      case CLOSE, HALF_CHUNK_CLOSE -> closeWhenWritten();
      case STALL, HALF_CHUNK_STALL -> {}
    }
  }

  /** Closes at once, with RST: without linger, the kernel forgets the connection. */
  public void reset() {
    ((SocketChannel) context.channel()).config().setSoLinger(0);
    context.close();
  }

  public void closeWhenWritten() {
    pastCodec.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
