package io.tidegate.http.upstream.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.http.upstream.selection.ModelGlobs;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * One list of models made of several, in the shape of OpenAI's. Of each list those count that the
 * gate would send there; a model that stands in several is taken from the first.
 *
 * <p>Threading: for one list's own use.
 */
final class MergedModels {

  static final int MOST = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode list = JSON.createObjectNode().put("object", "list");
  private final ArrayNode data = list.putArray("data");
  private final Set<String> seen = new HashSet<>();

  /** Adds an upstream's list; false if it is none. */
  boolean add(byte[] body, ModelGlobs served) {
    JsonNode models;
    try {
      models = JSON.readTree(body).path("data");
    } catch (IOException notJson) {
      return false;
    }
    for (JsonNode model : models) {
      String id = model.path("id").asText();
      if (!id.isEmpty() && served.match(id) && data.size() < MOST && seen.add(id)) {
        data.add(model);
      }
    }
    return models.isArray();
  }

  String json() {
    return list.toString();
  }
}
