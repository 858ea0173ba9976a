package io.tidegate.http.trace;

import java.util.LinkedHashMap;
import java.util.Map;

/** What OpenTelemetry's conventions for generative AI call the operations of the chat API. */
final class SpanNames {

  private static final Map<String, String> BY_END = new LinkedHashMap<>();

  static {
    BY_END.put("/chat/completions", "chat");
    BY_END.put("/responses", "chat");
    BY_END.put("/completions", "text_completion");
    BY_END.put("/embeddings", "embeddings");
  }

  private SpanNames() {}

  /** The operation of a path; {@code generate_content} for all that has no name of its own. */
  static String operation(String path) {
    return BY_END.entrySet().stream()
        .filter(known -> path.endsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("generate_content");
  }
}
