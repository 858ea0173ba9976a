package io.tidegate.http.config.upstream;

import io.tidegate.http.config.yaml.Section;
import java.time.Duration;
import java.util.Optional;

/** Reads how long each step of a request may take. */
public final class TimeoutReader {

  private TimeoutReader() {}

  /** What is not given is the default. */
  public static TimeoutConfig read(Section section) {
    TimeoutConfig defaults = TimeoutConfig.defaults();
    TimeoutConfig firstByte =
        section.section(
            "first_byte",
            inner ->
                defaults.withFirstByte(
                    timeout(inner, "stream", defaults.firstByteStream()),
                    timeout(inner, "other", defaults.firstByteOther())));
    return new TimeoutConfig(
        timeout(section, "connect", defaults.connect()),
        firstByte.firstByteStream(),
        firstByte.firstByteOther(),
        timeout(section, "idle", defaults.idle()),
        total(section),
        timeout(section, "send", defaults.send()),
        timeout(section, "request_head", defaults.requestHead()),
        timeout(section, "request_body", defaults.requestBody()),
        timeout(section, "keep_alive", defaults.keepAlive()),
        timeout(section, "drain", defaults.drain()));
  }

  private static Optional<Duration> total(Section section) {
    return section.text("total").filter(word -> word.equals(TimeoutPrinter.OFF)).isPresent()
        ? Optional.empty()
        : section.duration("total", TimeoutConfig.SHORTEST, TimeoutConfig.LONGEST);
  }

  private static Duration timeout(Section section, String key, Duration otherwise) {
    return section.duration(key, TimeoutConfig.SHORTEST, TimeoutConfig.LONGEST).orElse(otherwise);
  }
}
