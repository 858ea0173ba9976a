package io.tidegate.engine.signup.gate;

import io.tidegate.engine.signup.gate.order.Cause;
import io.tidegate.engine.signup.gate.order.Order;
import io.tidegate.engine.signup.gate.order.SignupState;
import io.tidegate.engine.signup.ledger.HourlyUse;
import io.tidegate.engine.signup.ledger.LedgerRecord;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A {@link GateRecord} as text, for a column or a file: lines of {@code key=value}, at most some
 * kilobytes.
 */
public final class GateText {
  private static final String NONE = "-";

  private GateText() {}

  /** The record as text. */
  public static String write(GateRecord record) {
    Properties lines = new Properties();
    lines.setProperty("state", record.state().label());
    lines.setProperty("since", Long.toString(record.sinceEpochMillis()));
    lines.setProperty("cause", record.cause().label());
    record.reason().ifPresent(reason -> lines.setProperty("reason", reason));
    record.manual().ifPresent(order -> put(lines, "manual", order));
    record.scheduled().ifPresent(order -> put(lines, "scheduled", order));
    lines.setProperty("by_load", record.byLoad().label());
    lines.setProperty("by_load_since", Long.toString(record.byLoadSinceEpochMillis()));
    put(lines, "invited_at", record.invitedAtEpochMillis());
    LedgerRecord ledger = record.ledger();
    if (ledger.learnedSeats().isPresent()) {
      lines.setProperty("learned_seats", Double.toString(ledger.learnedSeats().getAsDouble()));
    }
    put(lines, "hold_until", ledger.holdUntilEpochMillis());
    lines.setProperty(
        "hours", ledger.hours().stream().map(GateText::hour).collect(Collectors.joining(" ")));
    StringWriter text = new StringWriter();
    try {
      lines.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The record that was written so.
   *
   * @throws IllegalArgumentException if the text is no such record
   */
  public static GateRecord read(String text) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OptionalDouble learned =
        lines.containsKey("learned_seats")
            ? OptionalDouble.of(Double.parseDouble(get(lines, "learned_seats")))
            : OptionalDouble.empty();
    return new GateRecord(
        SignupState.ofLabel(get(lines, "state")),
        Long.parseLong(get(lines, "since")),
        Cause.ofLabel(get(lines, "cause")),
        Optional.ofNullable(lines.getProperty("reason")),
        order(lines, "manual"),
        order(lines, "scheduled"),
        SignupState.ofLabel(get(lines, "by_load")),
        Long.parseLong(get(lines, "by_load_since")),
        number(lines, "invited_at"),
        new LedgerRecord(learned, number(lines, "hold_until"), hours(get(lines, "hours"))));
  }

  private static void put(Properties lines, String key, Order order) {
    lines.setProperty(key + ".state", order.state().label());
    lines.setProperty(key + ".from", Long.toString(order.fromEpochMillis()));
    put(lines, key + ".until", order.untilEpochMillis());
    order.reason().ifPresent(reason -> lines.setProperty(key + ".reason", reason));
    lines.setProperty(key + ".by", order.by());
  }

  private static void put(Properties lines, String key, OptionalLong value) {
    value.ifPresent(number -> lines.setProperty(key, Long.toString(number)));
  }

  private static Optional<Order> order(Properties lines, String key) {
    if (!lines.containsKey(key + ".state")) {
      return Optional.empty();
    }
    return Optional.of(
        new Order(
            SignupState.ofLabel(get(lines, key + ".state")) == SignupState.PAUSED,
            Long.parseLong(get(lines, key + ".from")),
            number(lines, key + ".until"),
            Optional.ofNullable(lines.getProperty(key + ".reason")),
            get(lines, key + ".by")));
  }

  private static OptionalLong number(Properties lines, String key) {
    String value = lines.getProperty(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
  }

  private static String hour(HourlyUse use) {
    String free = use.free().isPresent() ? Long.toString(use.free().getAsLong()) : NONE;
    return use.hour() + "," + use.perSubscriberSeats() + "," + free;
  }

  private static List<HourlyUse> hours(String text) {
    List<HourlyUse> hours = new ArrayList<>();
    for (String entry : text.isBlank() ? new String[0] : text.split(" ", -1)) {
      String[] fields = entry.split(",", -1);
      if (fields.length != 3) {
        throw new IllegalArgumentException("not an hour: " + entry);
      }
      hours.add(
          new HourlyUse(
              Long.parseLong(fields[0]),
              Double.parseDouble(fields[1]),
              fields[2].equals(NONE)
                  ? OptionalLong.empty()
                  : OptionalLong.of(Long.parseLong(fields[2]))));
    }
    return hours;
  }

  private static String get(Properties lines, String key) {
    String value = lines.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("`" + key + "` is missing");
    }
    return value;
  }
}
