package io.tidegate.loadtest.client.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What matters of one JSON object of an answer: a chunk of a stream, or the whole of one that is
 * not.
 *
 * @param content whether it carries something for the reader: text, reasoning, a refusal or a call
 *     of a tool. A role alone is nothing
 * @param number of a token that says its own number, as those of the simulated backend do: a space,
 *     a t, the number; 0 where there is none
 * @param finishReason why the answer ends, where it says so
 * @param error whether it is an error
 */
public record Chunk(boolean content, int number, Optional<String> finishReason, boolean error) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> TEXTS =
      Set.of("content", "text", "reasoning_content", "reasoning", "refusal");
  private static final int MAX_NUMBER_DIGITS = 9;

  /**
   * Reads one object.
   *
   * @throws IOException if it is none
   */
  public static Chunk parse(byte[] json, int length) throws IOException {
    try (JsonParser parser = JSON.createParser(json, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an event must be an object");
      }
      Found found = new Found();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("choices") && value == JsonToken.START_ARRAY) {
          choices(parser, found);
        } else {
          found.error |= name.equals("error") && value != JsonToken.VALUE_NULL;
          parser.skipChildren();
        }
      }
      return new Chunk(found.content, found.number, found.finishReason, found.error);
    }
  }

  private static void choices(JsonParser parser, Found found) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if ((name.equals("delta") || name.equals("message")) && value == JsonToken.START_OBJECT) {
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            field(parser, field, parser.nextToken(), found);
          }
        } else {
          field(parser, name, value, found);
        }
      }
    }
  }

  private static void field(JsonParser parser, String name, JsonToken value, Found found)
      throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      if (name.equals("finish_reason")) {
        found.finishReason = Optional.of(parser.getText());
      } else if (TEXTS.contains(name) && parser.getTextLength() > 0) {
        found.content = true;
        found.number = number(parser);
      }
    } else if (value == JsonToken.START_ARRAY && name.equals("tool_calls")) {
      found.content |= parser.nextToken() != JsonToken.END_ARRAY;
      while (parser.currentToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
        parser.nextToken();
      }
    } else {
      parser.skipChildren();
    }
  }

  private static int number(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int begin = parser.getTextOffset();
    int end = begin + parser.getTextLength();
    if (end - begin < 3 || text[begin] != ' ' || text[begin + 1] != 't') {
      return 0;
    }
    int number = 0;
    int at = begin + 2;
    for (; at < end && at - begin < MAX_NUMBER_DIGITS && isDigit(text[at]); at++) {
      number = number * 10 + text[at] - '0';
    }
    return at == end || text[at] == '.' ? number : 0;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static final class Found {
    private boolean content;
    private int number;
    private Optional<String> finishReason = Optional.empty();
    private boolean error;
  }
}
