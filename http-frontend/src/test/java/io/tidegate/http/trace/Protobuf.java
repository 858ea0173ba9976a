package io.tidegate.http.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As much of Protocol Buffers' encoding as it takes to read spans. */
final class Protobuf {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private static final class Field {
    private final int number;
    private final byte[] bytes;

    private Field(int number, byte[] bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    private byte[] bytes() {
      return bytes;
    }
  }

  private Protobuf() {}

  static List<byte[]> messages(byte[] message, int number) {
    return fields(message).stream().filter(f -> f.number == number).map(Field::bytes).toList();
  }

  static String hex(byte[] message, int number) {
    return messages(message, number).stream().findFirst().map(HexFormat.of()::formatHex).orElse("");
  }

  static String text(byte[] message, int number) {
    return messages(message, number).stream()
        .findFirst()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("");
  }

  /** Key-value pairs whose values are texts or whole numbers. */
  static Map<String, String> attributes(byte[] message, int number) {
    Map<String, String> result = new TreeMap<>();
    for (byte[] pair : messages(message, number)) {
      byte[] value = messages(pair, 2).get(0);
      for (Field field : fields(value)) {
        boolean isText = field.number == 1;
        result.put(
            text(pair, 1),
            isText
                ? new String(field.bytes, StandardCharsets.UTF_8)
                : Long.toString(ByteBuffer.wrap(field.bytes).getLong()));
      }
    }
    return result;
  }

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      fields.add(new Field(tag >>> 3, value(in, tag & 7)));
    }
    return fields;
  }

  private static byte[] value(ByteBuffer in, int kind) {
    return switch (kind) {
      case VARINT -> ByteBuffer.allocate(Long.BYTES).putLong(varint(in)).array();
      case FIXED64 -> ByteBuffer.allocate(Long.BYTES).putLong(in.getLong()).array();
      case FIXED32 -> ByteBuffer.allocate(Long.BYTES).putLong(in.getInt()).array();
      case BYTES -> {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        yield bytes;
      }
      default -> throw new IllegalArgumentException("no such kind of field: " + kind);
    };
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no end of a number");
  }
}
