package io.tidegate.loadtest.backend.http.asked;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the backend reads of a request for a completion; every other field is ignored.
 *
 * @param model the model asked for
 * @param promptTokens estimated as a quarter of the characters of all messages, at least 1
 * @param maxTokens the longest answer wanted
 * @param stream whether the answer is sent as it is made
 * @param includeUsage whether a stream ends with a chunk of usage
 */
public record ChatRequest(
    Optional<String> model,
    int promptTokens,
    OptionalInt maxTokens,
    boolean stream,
    boolean includeUsage) {

  private static final ObjectReader JSON =
      new ObjectMapper()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int CHARS_PER_TOKEN = 4;

  public static ChatRequest parse(ByteBuf body) throws ApiException {
    JsonNode root = readTree(body);
    if (!root.isObject()) {
      throw ApiException.badRequest("The body of your request is not a JSON object.");
    }
    return new ChatRequest(
        model(root.path("model")),
        promptTokens(root.path("messages")),
        maxTokens(root),
        flag(root, "stream"),
        flag(root.path("stream_options"), "include_usage"));
  }

  private static JsonNode readTree(ByteBuf body) throws ApiException {
    try {
      return JSON.readTree((InputStream) new ByteBufInputStream(body));
    } catch (IOException malformed) {
      throw ApiException.badRequest("The body of your request is not valid JSON.");
    }
  }

  private static Optional<String> model(JsonNode model) throws ApiException {
    if (isAbsent(model)) {
      return Optional.empty();
    }
    if (!model.isTextual()) {
      throw ApiException.badField("model", "'model' must be a string.");
    }
    return Optional.of(model.textValue());
  }

  private static int promptTokens(JsonNode messages) throws ApiException {
    if (isAbsent(messages)) {
      throw ApiException.badField("messages", "Missing required parameter: 'messages'.");
    }
    if (!messages.isArray() || messages.isEmpty()) {
      throw ApiException.badField("messages", "'messages' must be an array that is not empty.");
    }
    long chars = 0;
    for (JsonNode message : messages) {
      if (!message.path("role").isTextual()) {
        throw ApiException.badField("messages", "Each of 'messages' must have a 'role'.");
      }
      chars += contentChars(message.path("content"));
    }
    return (int) Math.max(1, chars / CHARS_PER_TOKEN);
  }

  /** A content is a text, or a list of parts some of which are text. */
  private static long contentChars(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue().length();
    }
    long chars = 0;
    for (JsonNode part : content) {
      chars += part.path("text").asText("").length();
    }
    return chars;
  }

  /** The newer name goes before the older one. */
  private static OptionalInt maxTokens(JsonNode root) throws ApiException {
    OptionalInt newer = positive(root, "max_completion_tokens");
    return newer.isPresent() ? newer : positive(root, "max_tokens");
  }

  private static OptionalInt positive(JsonNode root, String field) throws ApiException {
    JsonNode value = root.path(field);
    if (isAbsent(value)) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.intValue() < 1) {
      throw ApiException.badField(field, "'" + field + "' must be an integer of at least 1.");
    }
    return OptionalInt.of(value.intValue());
  }

  private static boolean flag(JsonNode parent, String field) throws ApiException {
    JsonNode value = parent.path(field);
    if (!isAbsent(value) && !value.isBoolean()) {
      throw ApiException.badField(field, "'" + field + "' must be a boolean.");
    }
    return value.asBoolean(false);
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
