package io.tidegate.http.config.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A part of the file that is handed on as it is: maps, lists, numbers, booleans, text, null. */
final class Tree {

  private Tree() {}

  static Map<String, Object> of(Document document, String path, Map<String, Node> values) {
    Map<String, Object> result = new LinkedHashMap<>();
    values.forEach((key, node) -> result.put(key, value(document, Document.join(path, key), node)));
    return Collections.unmodifiableMap(result);
  }

  private static Object value(Document document, String path, Node node) {
    if (node instanceof MappingNode mapping) {
      Map<String, Node> values = new LinkedHashMap<>();
      for (NodeTuple entry : mapping.getValue()) {
        values.putIfAbsent(document.key(entry), entry.getValueNode());
      }
      return of(document, path, values);
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(document, path + "[" + items.size() + "]", item));
      }
      return Collections.unmodifiableList(items);
    }
    return Scalar.of(document, path, (ScalarNode) node)
        .map(scalar -> typed(scalar.text(), node.getTag()))
        .orElse(null);
  }

  private static Object typed(String text, Tag tag) {
    // A reference to the environment is text to YAML, and Pekko's configuration converts text.
    if (tag.equals(Tag.NULL)) {
      return null;
    } else if (tag.equals(Tag.BOOL) && List.of("true", "false").contains(text)) {
      return Boolean.valueOf(text);
    } else if (tag.equals(Tag.INT)) {
      return number(text);
    }
    return text;
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
