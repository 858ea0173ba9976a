package io.tidegate.loadtest.backend.http.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The events of one stream as they go over the wire, each framed as one HTTP chunk. All that the
 * tokens have in common is prepared once, so that a token costs a few copies into one buffer.
 */
final class ChunkBytes {

  private static final byte[] TOKEN_START = utf8("{\"index\":0,\"delta\":{\"content\":\"");
  private static final byte[] TOKEN_END = utf8("\"},\"logprobs\":null,\"finish_reason\":null}");
  private static final byte[] DONE = utf8("data: [DONE]\n\n");
  private static final byte[] CRLF = utf8("\r\n");

  /** Eight hexadecimal digits and two line ends. */
  private static final int MAX_FRAME_BYTES = 12;

  private final ByteBufAllocator allocator;
  private final Completion completion;
  private final String head;
  private final String tail;
  private final byte[] tokenStart;
  private final byte[] tokenEnd;
  private final TokenText text;

  ChunkBytes(ByteBufAllocator allocator, Completion completion) {
    this.allocator = allocator;
    this.completion = completion;
    this.head =
        "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%d,\"model\":%s,"
                .formatted(
                    completion.id(),
                    completion.createdEpochSeconds(),
                    new TextNode(completion.model()))
            + "\"system_fingerprint\":\"%s\",\"choices\":[".formatted(Completion.FINGERPRINT);
    this.tail = completion.includeUsage() ? "],\"usage\":null}\n\n" : "]}\n\n";
    this.tokenStart = concat(utf8(head), TOKEN_START);
    this.tokenEnd = concat(TOKEN_END, utf8(tail));
    this.text = new TokenText(completion.tokenBytes());
  }

  /** The first event: who speaks, and nothing said yet. */
  ByteBuf role() {
    return choice("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  }

  ByteBuf token(int number) {
    int bytes = tokenStart.length + text.bytes(number) + tokenEnd.length;
    ByteBuf frame = openFrame(bytes);
    frame.writeBytes(tokenStart);
    text.writeTo(frame, number);
    return frame.writeBytes(tokenEnd).writeBytes(CRLF);
  }

  /** Why the answer ends. */
  ByteBuf finish() {
    return choice("{}", "\"" + completion.finishReason() + "\"");
  }

  /** What the answer used. */
  ByteBuf usage() {
    return frame(utf8(head + "],\"usage\":" + completion.usage() + "}\n\n"));
  }

  /** The last event. */
  ByteBuf done() {
    return frame(DONE);
  }

  private ByteBuf choice(String delta, String finishReason) {
    String choice =
        "{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}"
            .formatted(delta, finishReason);
    return frame(utf8(head + choice + tail));
  }

  private ByteBuf frame(byte[] event) {
    return openFrame(event.length).writeBytes(event).writeBytes(CRLF);
  }

  private ByteBuf openFrame(int bytes) {
    ByteBuf frame = allocator.directBuffer(bytes + MAX_FRAME_BYTES);
    for (int shift = highestHexShift(bytes); shift >= 0; shift -= 4) {
      frame.writeByte(Character.forDigit((bytes >> shift) & 0xf, 16));
    }
    return frame.writeBytes(CRLF);
  }

  private static int highestHexShift(int number) {
    return (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number)) & ~3;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
