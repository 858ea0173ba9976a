package io.tidegate.http.config.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * One YAML file: its root section, the keys that were asked of it, and what is wrong with it.
 *
 * <p>Only the plain part of YAML is read. Anchors and tags are refused, since a secret that begins
 * with {@code &} or {@code !} would otherwise vanish without a word.
 *
 * <p>Not thread-safe.
 */
public final class Document {

  private final String file;
  private final References references;
  private final Function<String, Optional<String>> environment;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> problemsElsewhere = new ArrayList<>();
  private final SortedSet<String> asked = new TreeSet<>();
  private final Optional<Node> root;

  private Document(String file, String text, Function<String, Optional<String>> environment) {
    this.file = file;
    this.references = References.in(text, environment);
    this.environment = environment;
    this.root = compose();
  }

  /**
   * Parses a text. What is wrong with it is found in {@link #problems()}.
   *
   * @param file the name used in messages
   * @param environment the value of a variable, if it is set
   */
  public static Document parse(
      String file, String text, Function<String, Optional<String>> environment) {
    try {
      return new Document(file, text, environment);
    } catch (IllegalArgumentException e) {
      Document nothing = new Document(file, "", environment);
      nothing.report(0, "", e.getMessage());
      return nothing;
    }
  }

  /** Reads the whole document, which may be empty. */
  public <T> T read(Function<Section, T> reader) {
    return new Section(this, "", root).read(reader);
  }

  /**
   * Reads a list of mappings from another file, whose name is relative to this one's. What is wrong
   * there is told with that file's name and line.
   */
  <T> List<T> itemsOf(Path other, Function<Section, Optional<T>> reader) throws IOException {
    Path path = Path.of(file).resolveSibling(other);
    Document list = parse(path.toString(), TextFile.read(path), environment);
    List<T> items = Section.items(list, list.root, reader);
    problemsElsewhere.addAll(list.problems());
    return items;
  }

  /**
   * What is wrong, in the order of the file, and then what is wrong in files it names. Complete
   * after {@link #read}.
   */
  public List<Problem> problems() {
    return Stream.concat(problems.stream().sorted(Problem.BY_LINE), problemsElsewhere.stream())
        .toList();
  }

  /** Every key a reader has asked for, such as {@code upstreams[].url} or {@code tiers.*}. */
  public SortedSet<String> asked() {
    return Collections.unmodifiableSortedSet(asked);
  }

  int problemCount() {
    return problems.size();
  }

  References references() {
    return references;
  }

  void asking(String path) {
    asked.add(path.replaceAll("\\[\\d+]", "[]"));
  }

  void report(int line, String path, String message) {
    problems.add(new Problem(file, line, OptionalInt.empty(), path, message));
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private Optional<Node> compose() {
    try {
      Yaml yaml = new Yaml(new LoaderOptions());
      Optional<Node> node = Optional.ofNullable(yaml.compose(new StringReader(references.text())));
      node.ifPresent(found -> refuseUnusual(found, ""));
      return node;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      // The name may be a secret that begins with an asterisk, an exclamation mark, an ampersand.
      String message =
          e.getProblem().replaceFirst("(undefined alias|undefined tag handle|anchor) .*", "$1");
      problems.add(
          new Problem(
              file,
              mark.getLine() + 1,
              OptionalInt.of(mark.getColumn() + 1),
              "",
              "not YAML: " + references.restore(message)));
    } catch (ReaderException e) {
      String before = references.text().substring(0, e.getPosition());
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      report(
          line, "", String.format("not YAML: character U+%04X is not allowed", e.getCodePoint()));
    } catch (YAMLException e) {
      report(0, "", "not YAML: " + references.restore(e.getMessage()));
    }
    return Optional.empty();
  }

  private void refuseUnusual(Node node, String path) {
    if (node.getAnchor() != null) {
      report(line(node), path, "anchors are not supported, put text that begins with & in quotes");
      return;
    }
    if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
      report(line(node), path, "tags are not supported, put text that begins with ! in quotes");
    }
    if (node instanceof MappingNode mapping) {
      refuseDuplicates(mapping, path);
      for (NodeTuple entry : mapping.getValue()) {
        refuseUnusual(entry.getValueNode(), join(path, key(entry)));
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        refuseUnusual(sequence.getValue().get(i), path + "[" + i + "]");
      }
    }
  }

  private void refuseDuplicates(MappingNode mapping, String path) {
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      int line = line(entry.getKeyNode());
      Integer first = lines.putIfAbsent(key(entry), line);
      if (first != null) {
        report(line, join(path, key(entry)), "appears twice, first in line " + first);
      }
    }
  }

  /** The key of an entry as it was written; a key that is no scalar is shown as {@code ?}. */
  String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode key ? references.restore(key.getValue()) : "?";
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
