package io.tidegate.http.proxy.asked;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the JSON of a request says, as far as the gate decides by it.
 *
 * @param model the model it asks for; empty text if it names none
 * @param maxTokens the longest answer it allows, where it says so
 * @param streamed whether it wants its answer as a stream
 * @param tools the types of its tools, and the names of its functions
 * @param imageInput whether a picture is part of its prompt
 * @param names the text of those members that may name a session
 * @param readable whether the whole of it could be read; false for half a body, or bad JSON
 */
record BodyFacts(
    String model,
    OptionalInt maxTokens,
    boolean streamed,
    Set<String> tools,
    boolean imageInput,
    Map<String, String> names,
    boolean readable) {

  /** Of a body that is no JSON object, or is not looked into. */
  static final BodyFacts NONE =
      new BodyFacts("", OptionalInt.empty(), false, Set.of(), false, Map.of(), true);
}
