package io.tidegate.loadtest.arrival.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidegate.loadtest.arrival.trace.TraceException.FieldException;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The published formats of traces. The first line tells which one a file is in.
 *
 * <p>The resolution of a format is the longest stretch that requests with equal stamps are spread
 * over: what its clock could not tell apart.
 */
enum TraceFormat {
  /** Azure's LLM inference trace: a date without a zone, tokens in, tokens out. */
  AZURE("TIMESTAMP,ContextTokens,GeneratedTokens", TimeUnit.MILLISECONDS.toNanos(1)) {
    @Override
    TraceRow parse(String line) throws FieldException {
      String[] cells = cells(line, 3);
      return new TraceRow(
          dateNanos("TIMESTAMP", cells[0]),
          tokens("ContextTokens", cells[1]),
          tokens("GeneratedTokens", cells[2]));
    }
  },

  /** BurstGPT: seconds, a model, tokens in, tokens out, their sum, and where it came from. */
  BURSTGPT(
      "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type",
      TimeUnit.SECONDS.toNanos(1)) {
    @Override
    TraceRow parse(String line) throws FieldException {
      String[] cells = cells(line, 6);
      return new TraceRow(
          secondsNanos("Timestamp", cells[0]),
          tokens("Request tokens", cells[2]),
          tokens("Response tokens", cells[3]));
    }
  },

  /** Mooncake: one JSON object a line, stamps in milliseconds that come in batches. */
  MOONCAKE("", TimeUnit.SECONDS.toNanos(5)) {
    @Override
    TraceRow parse(String line) throws FieldException {
      Map<String, String> fields = fields(line);
      return new TraceRow(
          TimeUnit.MILLISECONDS.toNanos(
              whole("timestamp", fields.get("timestamp"), MAX_STAMP_MILLIS)),
          tokens("input_length", fields.get("input_length")),
          tokens("output_length", fields.get("output_length")));
    }
  };

  private static final long MAX_STAMP_MILLIS = TimeUnit.DAYS.toMillis(3650);
  private static final int MAX_TOKENS = 100_000_000;
  private static final JsonFactory JSON = new JsonFactory();

  /** Only differences count, since the dates have no zone. */
  private static final LocalDateTime ORIGIN = LocalDateTime.of(2020, 1, 1, 0, 0);

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private final String header;
  private final long resolutionNanos;

  TraceFormat(String header, long resolutionNanos) {
    this.header = header;
    this.resolutionNanos = resolutionNanos;
  }

  /** The format whose files begin like that. */
  static Optional<TraceFormat> of(String firstLine) {
    for (TraceFormat format : values()) {
      if (format.hasHeader() && firstLine.equals(format.header)) {
        return Optional.of(format);
      }
    }
    return firstLine.startsWith("{") ? Optional.of(MOONCAKE) : Optional.empty();
  }

  boolean hasHeader() {
    return !header.isEmpty();
  }

  long resolutionNanos() {
    return resolutionNanos;
  }

  /** Reads one line; its time is from whatever the format counts from. */
  abstract TraceRow parse(String line) throws FieldException;

  private static String[] cells(String line, int wanted) throws FieldException {
    String[] cells = line.split(",", -1);
    if (cells.length != wanted) {
      throw new FieldException("row", line, "a row of " + wanted + " fields");
    }
    return cells;
  }

  private static long dateNanos(String field, String text) throws FieldException {
    try {
      return ChronoUnit.NANOS.between(ORIGIN, LocalDateTime.parse(text, DATE));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new FieldException(field, text, "a date such as 2023-11-16 18:15:46.6805900");
    }
  }

  private static long secondsNanos(String field, String text) throws FieldException {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds >= 0 && seconds * 1000 <= MAX_STAMP_MILLIS) {
        return Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw new FieldException(field, text, "a number of seconds, 0 or more");
  }

  private static int tokens(String field, String text) throws FieldException {
    return (int) whole(field, text, MAX_TOKENS);
  }

  private static long whole(String field, String text, long most) throws FieldException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw new FieldException(field, text, "a whole number from 0 to " + most);
  }

  /** The numbers at the top of a JSON object; what is nested is passed over. */
  private static Map<String, String> fields(String line) throws FieldException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          parser.skipChildren();
          fields.put(name, parser.getText());
        }
        if (parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null) {
          return fields;
        }
      }
    } catch (IOException notJson) {
      // Told below.
    }
    throw new FieldException("row", line, "a JSON object");
  }
}
