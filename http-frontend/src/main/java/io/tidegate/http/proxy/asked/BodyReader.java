package io.tidegate.http.proxy.asked;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/**
 * Reads the facts out of one request's JSON, token by token; nothing is built that is not asked
 * for, and no byte is changed. Where a member is given twice the last one counts, as it does for
 * the servers behind.
 *
 * <p>Threading: for one body's own use.
 */
final class BodyReader {

  /** Far deeper than any tool's schema, and far from what would hurt. */
  private static final int MAX_DEPTH = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Servers in Python take these, too.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final Set<String> IMAGES = Set.of("image_url", "input_image", "image");

  private final JsonParser parser;
  private final Set<String> sessionMembers;
  private final Set<String> tools = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private String model = "";
  private long maxTokens = -1;
  private boolean streamed;
  private boolean imageInput;

  private BodyReader(JsonParser parser, Set<String> sessionMembers) {
    this.parser = parser;
    this.sessionMembers = sessionMembers;
  }

  /**
   * What a whole body says.
   *
   * @param sessionMembers the members that may name a session
   */
  static BodyFacts read(ByteString body, Set<String> sessionMembers) {
    byte[] bytes = body.toArrayUnsafe();
    try (JsonParser parser = JSON.createParser(bytes)) {
      return new BodyReader(parser, sessionMembers).read();
    } catch (IOException impossible) {
      return BodyFacts.NONE; // nothing is read from but the array
    }
  }

  private BodyFacts read() {
    boolean readable = true;
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return BodyFacts.NONE;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        member(member, parser.nextToken());
      }
    } catch (IOException malformed) {
      readable = false;
    }
    return new BodyFacts(
        model,
        maxTokens < 0
            ? OptionalInt.empty()
            : OptionalInt.of((int) Math.min(maxTokens, Integer.MAX_VALUE)),
        streamed,
        tools,
        imageInput,
        names,
        readable);
  }

  private void member(String member, JsonToken value) throws IOException {
    switch (member) {
      case "model" -> model = value == JsonToken.VALUE_STRING ? parser.getText() : "";
      case "stream" -> streamed = value == JsonToken.VALUE_TRUE;
      case "max_tokens", "max_completion_tokens", "max_output_tokens" -> {
        if (value.isNumeric()) {
          maxTokens = Math.max(maxTokens, (long) parser.getDoubleValue());
        }
      }
      case "tools", "functions" -> tools(value);
      case "messages", "input" -> prompt(value);
      default -> {}
    }
    if (sessionMembers.contains(member)) {
      name(member, value);
    }
    parser.skipChildren();
  }

  /** A name, or an object that has it as its {@code id}. */
  private void name(String member, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      names.put(member, parser.getText());
    } else if (value == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean id = parser.currentName().equals("id");
        if (parser.nextToken() == JsonToken.VALUE_STRING && id) {
          names.put(member, parser.getText());
        }
        parser.skipChildren();
      }
    }
  }

  private void tools(JsonToken value) throws IOException {
    if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        tool();
      }
    }
  }

  /** A tool; a function's name stands beside its type, or inside of {@code function}. */
  private void tool() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken value = parser.nextToken();
      if (member.equals("function") && value == JsonToken.START_OBJECT) {
        tool();
      } else {
        boolean named = member.equals("type") || member.equals("name");
        if (named && value == JsonToken.VALUE_STRING && !parser.getText().equals("function")) {
          tools.add(parser.getText());
        }
        parser.skipChildren();
      }
    }
  }

  /** Looks for a part that is a picture, however deep it lies. */
  private void prompt(JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      return;
    }
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME && parser.currentName().equals("type")) {
        imageInput |= parser.nextToken() == JsonToken.VALUE_STRING && isImage();
        depth += parser.currentToken().isStructStart() ? 1 : 0;
      }
    }
  }

  private boolean isImage() throws IOException {
    return IMAGES.contains(parser.getText());
  }
}
