package io.tidegate.http.config.listen;

import io.tidegate.http.config.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the gate looks into the bodies of requests.
 *
 * @param maxPeekBytes a body that is announced as longer is not looked into, 0 to 1 GiB
 * @param refusesMalformed whether JSON that cannot be read to its end is refused where a feature
 *     could hide in it, or passed on at what can be read of it
 */
public record BodyConfig(long maxPeekBytes, boolean refusesMalformed) {

  private static final String REFUSE = "refuse";
  private static final String PASS = "pass";

  public BodyConfig {
    Allowed.PEEK_BYTES.check("bodies.max_peek_bytes", maxPeekBytes);
  }

  /** Every body that may be as long as bodies may be by default; malformed ones are refused. */
  public static BodyConfig defaults() {
    return new BodyConfig(ListenConfig.defaults().maxBodyBytes(), true);
  }

  /** Reads the file's section; what is wrong is reported and replaced by its default. */
  public static BodyConfig read(Section section) {
    BodyConfig defaults = defaults();
    Optional<String> word = section.text("malformed");
    if (word.isPresent() && !word.get().equals(REFUSE) && !word.get().equals(PASS)) {
      section.report("malformed", "`" + word.get() + "` is not allowed, only `refuse` or `pass`");
      word = Optional.empty();
    }
    return new BodyConfig(
        section.integer("max_peek_bytes", Allowed.PEEK_BYTES).orElse(defaults.maxPeekBytes()),
        word.map(REFUSE::equals).orElse(defaults.refusesMalformed()));
  }

  /** The section that {@link #read} reads as this. */
  public Map<String, Object> print() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("max_peek_bytes", maxPeekBytes);
    result.put("malformed", refusesMalformed ? REFUSE : PASS);
    return result;
  }
}
