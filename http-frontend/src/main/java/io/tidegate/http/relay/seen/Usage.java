package io.tidegate.http.relay.seen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * What an upstream says that a request used.
 *
 * @param promptTokens 0 or more
 * @param completionTokens 0 or more
 */
public record Usage(long promptTokens, long completionTokens) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] MEMBER = "\"usage\"".getBytes(StandardCharsets.US_ASCII);

  /**
   * The last usage that is told in the end of an answer, be it JSON or a stream of events. Quotes
   * within text are escaped, so that no text can be taken for it.
   */
  public static Optional<Usage> in(ByteString end) {
    byte[] bytes = end.toArrayUnsafe();
    Optional<Usage> usage = Optional.empty();
    for (int at = lastMember(bytes, bytes.length); at >= 0 && usage.isEmpty(); ) {
      usage = after(bytes, at + MEMBER.length);
      at = lastMember(bytes, at);
    }
    return usage;
  }

  private static int lastMember(byte[] bytes, int before) {
    for (int at = before - MEMBER.length; at >= 0; at--) {
      int same = 0;
      while (same < MEMBER.length && bytes[at + same] == MEMBER[same]) {
        same++;
      }
      if (same == MEMBER.length) {
        return at;
      }
    }
    return -1;
  }

  private static Optional<Usage> after(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == ':')) {
      at++;
    }
    try (JsonParser parser = JSON.createParser(bytes, at, bytes.length - at)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : Optional.empty();
    } catch (IOException half) {
      return Optional.empty();
    }
  }

  private static Optional<Usage> read(JsonParser parser) throws IOException {
    long prompt = -1;
    long completion = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      boolean number = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
      switch (member) {
        case "prompt_tokens", "input_tokens" -> prompt = number ? parser.getLongValue() : prompt;
        case "completion_tokens", "output_tokens" ->
            completion = number ? parser.getLongValue() : completion;
        default -> parser.skipChildren();
      }
    }
    return prompt < 0 ? Optional.empty() : Optional.of(new Usage(prompt, Math.max(0, completion)));
  }
}
