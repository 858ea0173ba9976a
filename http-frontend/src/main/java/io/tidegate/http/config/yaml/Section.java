package io.tidegate.http.config.yaml;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of the file, which need not be there. Each method asks for one key; one that is absent
 * or wrong is answered as absent, and what is wrong is reported. A key nobody asked for is reported
 * as unknown when the reader is done.
 *
 * <p>It is long because there are many kinds of values. They stay together, since each has to note
 * what was asked for and where it stands.
 */
public final class Section {

  /** What stands for a secret in a printed configuration. */
  public static final String MASK = "***";

  private final Document document;
  private final String path;

  /** The path with an asterisk for each free name, as the schema has it. */
  private final String form;

  private final int line;
  private final boolean present;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private boolean free;

  Section(Document document, String path, Optional<Node> node) {
    this(document, path, path, node);
  }

  private Section(Document document, String path, String form, Optional<Node> node) {
    this.document = document;
    this.path = path;
    this.form = form;
    this.line = node.map(Document::line).orElse(0);
    this.present = node.filter(found -> !Scalar.isNothing(found)).isPresent();
    node.ifPresent(this::fill);
  }

  private void fill(Node node) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String key = document.key(entry);
        values.putIfAbsent(key, entry.getValueNode());
        keyLines.putIfAbsent(key, Document.line(entry.getKeyNode()));
      }
    } else if (!Scalar.isNothing(node)) {
      document.report(line, path, "needs a mapping of keys to values");
    }
  }

  <T> T read(Function<Section, T> reader) {
    T result = reader.apply(this);
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        document.report(keyLines.get(key), at(key), unknown(key));
      }
    }
    return result;
  }

  /** Reads a mapping inside this one. */
  public <T> T section(String key, Function<Section, T> reader) {
    return new Section(document, at(key), form(key), value(key)).read(reader);
  }

  /** Reads a mapping whose keys are free names, each of them a mapping again. */
  public <T> Map<String, T> sections(String key, Function<Section, T> reader) {
    return section(
        key,
        names -> {
          Map<String, T> result = new LinkedHashMap<>();
          names.askAnything();
          names.values.keySet().forEach(name -> result.put(name, names.section(name, reader)));
          return result;
        });
  }

  /** Reads mappings under those of some free names that are given, among other keys. */
  public <T> Map<String, T> named(List<String> names, Function<Section, T> reader) {
    Map<String, T> result = new LinkedHashMap<>();
    document.asking(Document.join(form, "*"));
    for (String name : names) {
      if (asked.add(name) && values.containsKey(name)) {
        Optional<Node> node = Optional.of(values.get(name));
        String its = Document.join(form, "*");
        result.put(name, new Section(document, at(name), its, node).read(reader));
      }
    }
    return result;
  }

  /** Reads a list of mappings; an item for which the reader answers nothing is left out. */
  public <T> List<T> items(String key, Function<Section, Optional<T>> reader) {
    return items(document, at(key), form(key), list(key), reader);
  }

  /** The same from a file of its own that this key names, relative to the configuration file. */
  public <T> List<T> itemsOfFile(String key, Function<Section, Optional<T>> reader) {
    Optional<String> name = text(key);
    try {
      return name.isPresent() ? document.itemsOf(Path.of(name.get()), reader) : List.of();
    } catch (InvalidPathException e) {
      report(key, "is not a path");
    } catch (IOException e) {
      report(key, "`" + name.get() + "`: " + e.getMessage());
    }
    return List.of();
  }

  /** The items of a document that is a list as a whole, or empty. */
  static <T> List<T> items(
      Document document, Optional<Node> root, Function<Section, Optional<T>> reader) {
    Optional<Node> given = root.filter(node -> !Scalar.isNothing(node));
    if (given.isPresent() && !(given.get() instanceof SequenceNode)) {
      document.report(Document.line(given.get()), "", "needs a list");
    }
    return given.isPresent() && given.get() instanceof SequenceNode list
        ? items(document, "", "", list.getValue(), reader)
        : List.of();
  }

  private static <T> List<T> items(
      Document document,
      String path,
      String form,
      List<Node> nodes,
      Function<Section, Optional<T>> reader) {
    List<T> result = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String index = "[" + i + "]";
      Section item = new Section(document, path + index, form + index, Optional.of(nodes.get(i)));
      if (nodes.get(i) instanceof MappingNode) {
        item.read(reader).ifPresent(result::add);
      }
    }
    return result;
  }

  /** A list of words; empty if the key is absent. */
  public Optional<List<String>> words(String key) {
    List<String> result = new ArrayList<>();
    List<Node> items = list(key);
    for (int i = 0; i < items.size(); i++) {
      scalar(at(key) + "[" + i + "]", items.get(i)).ifPresent(item -> result.add(item.text()));
    }
    return has(key) ? Optional.of(List.copyOf(result)) : Optional.empty();
  }

  /** Free names with text that no message shows. */
  public Map<String, String> secrets(String key) {
    return section(
        key,
        names -> {
          Map<String, String> result = new LinkedHashMap<>();
          names.askAnything();
          for (String name : names.values.keySet()) {
            names.secret(name).ifPresent(value -> result.put(name, value));
          }
          return result;
        });
  }

  /** Whatever is there: nested maps and lists, and scalars as YAML reads them. */
  public Map<String, Object> tree(String key) {
    return section(
        key,
        names -> {
          names.asked.addAll(names.values.keySet());
          return Tree.of(document, names.path, names.values);
        });
  }

  /** Text, which must not be blank if it is there. */
  public Optional<String> text(String key) {
    Optional<Scalar> scalar = given(key);
    if (scalar.isPresent() && scalar.get().text().isBlank()) {
      scalar.get().report("is empty");
      return Optional.empty();
    }
    return scalar.map(Scalar::text);
  }

  /** Text without which the section makes no sense. */
  public Optional<String> required(String key) {
    int problems = document.problemCount();
    Optional<String> text = text(key);
    if (text.isEmpty() && document.problemCount() == problems) {
      report(key, "is missing");
    }
    return text;
  }

  /** Text that no message shows; blank counts as absent. */
  public Optional<String> secret(String key) {
    Optional<Scalar> scalar = given(key).filter(found -> !found.text().isBlank());
    if (scalar.isPresent() && scalar.get().text().equals(MASK)) {
      scalar.get().report("is the mask of a printed configuration, put the secret in its place");
      return Optional.empty();
    }
    return scalar.map(Scalar::text);
  }

  /** A whole number; {@code none} is a word that may stand for its absence. */
  public OptionalLong integer(String key, Range range, String none) {
    Optional<Scalar> scalar = given(key).filter(found -> !found.text().equals(none));
    return scalar.isPresent() ? scalar.get().integer(range) : OptionalLong.empty();
  }

  /** A whole number. */
  public OptionalLong integer(String key, Range range) {
    return integer(key, range, "");
  }

  /** A decimal number above 0 and at most 1, such as {@code .3}. */
  public OptionalDouble share(String key) {
    Optional<Scalar> scalar = given(key);
    return scalar.isPresent() ? scalar.get().share() : OptionalDouble.empty();
  }

  /** A decimal number above 0; {@code none} is a word that may stand for its absence. */
  public OptionalDouble decimal(String key, double most, String none) {
    Optional<Scalar> scalar = given(key).filter(found -> !found.text().equals(none));
    return scalar.isPresent() ? scalar.get().decimal(most) : OptionalDouble.empty();
  }

  /** Durations under those of some free names that are given; no others may be. */
  public Map<String, Duration> durations(List<String> names, Duration shortest, Duration longest) {
    Map<String, Duration> result = new LinkedHashMap<>();
    document.asking(Document.join(form, "*"));
    for (String name : names) {
      if (asked.add(name) && values.containsKey(name)) {
        duration(name, shortest, longest).ifPresent(time -> result.put(name, time));
      }
    }
    return result;
  }

  /** The same, or a word that stands for none. */
  public Optional<Duration> duration(String key, Duration shortest, Duration longest, String none) {
    return given(key)
        .filter(found -> !found.text().equals(none))
        .flatMap(scalar -> scalar.duration(shortest, longest));
  }

  /** Such as {@code 500ms}, {@code 2s}, {@code 10m}, {@code 1h}, {@code 7d}. */
  public Optional<Duration> duration(String key, Duration shortest, Duration longest) {
    return given(key).flatMap(scalar -> scalar.duration(shortest, longest));
  }

  /** Whether the file has this section, be it with something in it or not. */
  public boolean present() {
    return present;
  }

  /** Whether the file gives this key a value, right or wrong. */
  public boolean has(String key) {
    return values.containsKey(key) && !Scalar.isNothing(values.get(key));
  }

  /** The path of a key, as messages show it. */
  public String at(String key) {
    return Document.join(path, key);
  }

  /** Reports a mistake in a key's value, or in the section if the key is absent. */
  public void report(String key, String message) {
    int at = values.containsKey(key) ? Document.line(values.get(key)) : line;
    document.report(at, at(key), message);
  }

  private Optional<Node> value(String key) {
    if (asked.add(key)) {
      document.asking(form(key));
    }
    return Optional.ofNullable(values.get(key));
  }

  private void askAnything() {
    free = true;
    document.asking(form("*"));
    asked.addAll(values.keySet());
  }

  private String form(String key) {
    return Document.join(form, free ? "*" : key);
  }

  private Optional<Scalar> given(String key) {
    return value(key).flatMap(node -> scalar(at(key), node)).filter(found -> !found.nothing());
  }

  private Optional<Scalar> scalar(String scalarPath, Node node) {
    if (node instanceof ScalarNode scalar) {
      return Scalar.of(document, scalarPath, scalar);
    }
    document.report(Document.line(node), scalarPath, "needs a single value");
    return Optional.empty();
  }

  private List<Node> list(String key) {
    Optional<Node> value = value(key).filter(node -> !Scalar.isNothing(node));
    if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    value.ifPresent(node -> report(key, "needs a list"));
    return List.of();
  }

  private String unknown(String key) {
    if (asked.isEmpty()) {
      return "unknown key, none are known here";
    }
    return Spelling.nearest(key, asked)
        .map(known -> "unknown key, did you mean `" + known + "`?")
        .orElseGet(
            () ->
                "unknown key, known are "
                    + asked.stream()
                        .map(known -> "`" + known + "`")
                        .collect(Collectors.joining(", ")));
  }
}
