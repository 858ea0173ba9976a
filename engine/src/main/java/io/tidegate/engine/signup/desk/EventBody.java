package io.tidegate.engine.signup.desk;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The JSON of an event, as Standard Webhooks lay it out: type, timestamp, data.
 *
 * <p>Not safe for use by several threads.
 */
public final class EventBody {
  private final StringBuilder text = new StringBuilder(256);
  private boolean first = true;

  /** The body of an event of that type; fields of its data follow. */
  public static EventBody of(String type, long nowMillis) {
    EventBody body = new EventBody();
    body.text.append('{');
    body.text("type", type).time("timestamp", nowMillis);
    body.text.append(",\"data\":{");
    body.first = true;
    return body;
  }

  public EventBody text(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  public EventBody text(String name, Optional<String> value) {
    if (value.isPresent()) {
      return text(name, value.get());
    }
    name(name);
    text.append("null");
    return this;
  }

  /** A time of the epoch, as {@code 2026-11-24T10:00:00Z}. */
  public EventBody time(String name, long epochMillis) {
    return text(name, Instant.ofEpochMilli(epochMillis).toString());
  }

  public EventBody time(String name, OptionalLong epochMillis) {
    return text(
        name,
        epochMillis.isPresent()
            ? Optional.of(Instant.ofEpochMilli(epochMillis.getAsLong()).toString())
            : Optional.empty());
  }

  public EventBody number(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  public EventBody flag(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** The whole body; nothing can be added afterwards. */
  public String json() {
    return text.append("}}").toString();
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
