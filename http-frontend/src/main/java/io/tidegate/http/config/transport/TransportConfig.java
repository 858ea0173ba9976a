package io.tidegate.http.config.transport;

import io.tidegate.http.config.yaml.Section;
import java.util.Map;
import java.util.Optional;

/**
 * How the data port's sockets are driven.
 *
 * @param kind who drives them
 */
public record TransportConfig(TransportKind kind) {

  /** Loops of the gate's own. */
  public static TransportConfig defaults() {
    return new TransportConfig(TransportKind.LOOP);
  }

  /** The same transport, driven by somebody else. */
  public TransportConfig withKind(TransportKind newKind) {
    return new TransportConfig(newKind);
  }

  /** Reads the file's section; what is wrong is reported and replaced by its default. */
  public static TransportConfig read(Section section) {
    TransportConfig defaults = defaults();
    Optional<String> word = section.text("kind");
    Optional<TransportKind> kind = word.flatMap(TransportKind::find);
    if (word.isPresent() && kind.isEmpty()) {
      section.report(
          "kind", "`" + word.get() + "` is no transport, allowed " + TransportKind.words());
    }
    return new TransportConfig(kind.orElse(defaults.kind()));
  }

  /** The section that {@link #read} reads as this. */
  public Map<String, Object> print() {
    return Map.of("kind", kind.word());
  }
}
