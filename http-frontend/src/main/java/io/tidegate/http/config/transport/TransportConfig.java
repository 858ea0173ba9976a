package io.tidegate.http.config.transport;

import io.tidegate.http.config.yaml.Section;
import java.util.Map;
import java.util.Optional;

/**
 * How the data port's sockets are driven.
 *
 * @param kind who drives them
 * @param direct whether bodies of answers may go from socket to socket on loops of the gate's own
 */
public record TransportConfig(TransportKind kind, boolean direct) {

  private static final Map<String, Boolean> SWITCH =
      Map.of("on", true, "true", true, "off", false, "false", false);

  /** Loops of the gate's own. */
  public static TransportConfig defaults() {
    return new TransportConfig(TransportKind.LOOP, true);
  }

  /** The same transport, driven by somebody else. */
  public TransportConfig withKind(TransportKind newKind) {
    return new TransportConfig(newKind, direct);
  }

  /** The same transport, with bodies going another way. */
  public TransportConfig withDirect(boolean newDirect) {
    return new TransportConfig(kind, newDirect);
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
    Optional<String> direct = section.text("direct");
    if (direct.isPresent() && !SWITCH.containsKey(direct.get())) {
      section.report("direct", "`" + direct.get() + "` is neither `on` nor `off`");
    }
    return new TransportConfig(
        kind.orElse(defaults.kind()), direct.map(SWITCH::get).orElse(defaults.direct()));
  }

  /** The section that {@link #read} reads as this. */
  public Map<String, Object> print() {
    return Map.of("kind", kind.word(), "direct", direct);
  }
}
