package io.tidegate.loadtest.client.answer;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.util.Arrays;

/**
 * Splits a stream of server-sent events, in whatever pieces it comes, and keeps no more than the
 * event it is in. Line ends may be LF, CRLF or CR; comments and all fields but {@code data} are
 * passed over (WHATWG HTML, section 9.2.6).
 *
 * <p>Not thread-safe.
 */
public final class SseParser {

  /** An event that does not end is somebody's mistake, and must not fill the memory. */
  static final int MAX_EVENT_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 512;
  private static final byte[] DATA = {'d', 'a', 't', 'a'};

  /** Takes the data of one event; the bytes are good until it returns. */
  public interface Reader {
    void event(byte[] data, int length);
  }

  private final Reader reader;
  private byte[] line = new byte[FIRST_BYTES];
  private int lineLength;
  private byte[] data = new byte[FIRST_BYTES];
  private int dataLength;
  private boolean hasData;
  private boolean afterCarriageReturn;

  public SseParser(Reader reader) {
    this.reader = reader;
  }

  /**
   * Takes the next piece in, and hands on each event that it completes.
   *
   * @return false if an event is larger than {@value #MAX_EVENT_BYTES} bytes; the stream cannot be
   *     read any further then
   */
  public boolean read(ByteBuf piece) {
    while (piece.isReadable()) {
      if (afterCarriageReturn && piece.getByte(piece.readerIndex()) == '\n') {
        piece.skipBytes(1);
      }
      afterCarriageReturn = false;
      int lineEnd = piece.forEachByte(ByteProcessor.FIND_CRLF);
      int length = (lineEnd < 0 ? piece.writerIndex() : lineEnd) - piece.readerIndex();
      if (lineLength + dataLength + length > MAX_EVENT_BYTES) {
        return false;
      }
      line = withRoom(line, lineLength + length);
      piece.readBytes(line, lineLength, length);
      lineLength += length;
      if (lineEnd >= 0) {
        afterCarriageReturn = piece.readByte() == '\r';
        endLine();
      }
    }
    return true;
  }

  private void endLine() {
    if (lineLength == 0) {
      endEvent();
    } else if (isData()) {
      int begin = DATA.length;
      begin += begin < lineLength ? 1 : 0;
      begin += begin < lineLength && line[begin] == ' ' ? 1 : 0;
      appendData(begin);
    }
    lineLength = 0;
  }

  private boolean isData() {
    return lineLength >= DATA.length
        && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length)
        && (lineLength == DATA.length || line[DATA.length] == ':');
  }

  private void appendData(int begin) {
    int added = lineLength - begin;
    data = withRoom(data, dataLength + 1 + added);
    if (hasData) {
      data[dataLength++] = '\n';
    }
    System.arraycopy(line, begin, data, dataLength, added);
    dataLength += added;
    hasData = true;
  }

  private void endEvent() {
    if (hasData) {
      reader.event(data, dataLength);
    }
    hasData = false;
    dataLength = 0;
  }

  private static byte[] withRoom(byte[] bytes, int needed) {
    return needed <= bytes.length
        ? bytes
        : Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
  }
}
