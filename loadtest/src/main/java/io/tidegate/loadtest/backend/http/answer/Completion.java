package io.tidegate.loadtest.backend.http.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.loadtest.backend.http.asked.Fault.BreakOff;
import java.util.Optional;

/**
 * What one answer will say, settled before its first token.
 *
 * @param finishReason {@code stop}, or {@code length} when the client's limit cuts it
 * @param tokenBytes the least length of a token's text
 * @param breakOff how it ends, if not well
 */
record Completion(
    String id,
    long createdEpochSeconds,
    String model,
    int promptTokens,
    int outputTokens,
    String finishReason,
    int tokenBytes,
    boolean includeUsage,
    Optional<BreakOff> breakOff) {

  static final String FINGERPRINT = "fp_simulated";

  ObjectNode usage() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", outputTokens)
        .put("total_tokens", (long) promptTokens + outputTokens);
  }
}
