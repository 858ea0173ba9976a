package io.tidegate.loadtest.backend.http.asked;

import io.tidegate.loadtest.backend.http.asked.Fault.BreakOff;
import io.tidegate.loadtest.backend.http.asked.Fault.Instead;
import io.tidegate.loadtest.backend.http.asked.Fault.Manner;
import io.tidegate.loadtest.backend.http.asked.Fault.Status;
import io.tidegate.loadtest.backend.http.reply.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The shape and the fault a test asks for in the header {@value #HEADER}: directives separated by
 * commas, such as {@code token-ms=5, output-tokens=40, reset-after=12}.
 *
 * <table>
 * <caption>Directives</caption>
 * <tr><td>{@code first-token-ms=N}</td><td>time from joining the batch to the first token</td></tr>
 * <tr><td>{@code token-ms=N}</td><td>time between tokens; 0: as fast as they are read</td></tr>
 * <tr><td>{@code output-tokens=N}</td><td>length of the answer, still cut by max_tokens</td></tr>
 * <tr><td>{@code token-bytes=N}</td><td>length of each token's text, padded with dots</td></tr>
 * <tr><td>{@code hang}</td><td>no answer, ever</td></tr>
 * <tr><td>{@code reset}</td><td>RST before the first byte</td></tr>
 * <tr><td>{@code garbage}</td><td>bytes that are not HTTP, then a close</td></tr>
 * <tr><td>{@code status=N}</td><td>an error, 400 to 599</td></tr>
 * <tr><td>{@code retry-after=N}</td><td>with a status: its header, in seconds</td></tr>
 * <tr><td>{@code reset-after=N}</td><td>RST after N tokens</td></tr>
 * <tr><td>{@code close-after=N}</td><td>FIN after N tokens, with no end of the answer</td></tr>
 * <tr><td>{@code stall-after=N}</td><td>silence after N tokens</td></tr>
 * <tr><td>{@code half-chunk-after=N}</td><td>half a chunk after N tokens, then silence</td></tr>
 * <tr><td>{@code half-chunk-close-after=N}</td><td>the same, then FIN</td></tr>
 * </table>
 *
 * <p>At most one fault. The last five make exactly N tokens, however long the answer would have
 * been.
 */
public record FaultScript(
    OptionalLong firstTokenNanos,
    OptionalLong tokenNanos,
    OptionalInt outputTokens,
    int tokenBytes,
    Optional<Fault> fault) {

  public static final String HEADER = "x-backend-script";

  static final FaultScript NONE =
      new FaultScript(
          OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), 0, Optional.empty());

  private static final int MAX_MILLIS = 3_600_000;
  private static final int MAX_TOKENS = 1_000_000;
  private static final int MAX_TOKEN_BYTES = 1 << 20;

  private static final Map<String, Manner> MANNERS =
      Map.of(
          "reset-after", Manner.RESET,
          "close-after", Manner.CLOSE,
          "stall-after", Manner.STALL,
          "half-chunk-after", Manner.HALF_CHUNK_STALL,
          "half-chunk-close-after", Manner.HALF_CHUNK_CLOSE);

  private static final Map<String, Instead> INSTEADS =
      Map.of("hang", Instead.HANG, "reset", Instead.RESET, "garbage", Instead.GARBAGE);

  /** Reads all values of the header; none is the empty script. */
  public static FaultScript parse(List<String> headerValues) throws ApiException {
    if (headerValues.isEmpty()) {
      return NONE;
    }
    Directives directives = Directives.of(String.join(",", headerValues));
    FaultScript script =
        new FaultScript(
            nanos(directives.take("first-token-ms", 0, MAX_MILLIS)),
            nanos(directives.take("token-ms", 0, MAX_MILLIS)),
            directives.take("output-tokens", 0, MAX_TOKENS),
            directives.take("token-bytes", 0, MAX_TOKEN_BYTES).orElse(0),
            fault(directives));
    directives.requireAllTaken();
    return script;
  }

  private static Optional<Fault> fault(Directives directives) throws ApiException {
    for (var instead : INSTEADS.entrySet()) {
      if (directives.takeWord(instead.getKey())) {
        return Optional.of(instead.getValue());
      }
    }
    for (var manner : MANNERS.entrySet()) {
      OptionalInt tokens = directives.take(manner.getKey(), 0, MAX_TOKENS);
      if (tokens.isPresent()) {
        return Optional.of(new BreakOff(manner.getValue(), tokens.getAsInt()));
      }
    }
    OptionalInt code = directives.take("status", 400, 599);
    return code.isPresent()
        ? Optional.of(
            new Status(code.getAsInt(), directives.take("retry-after", 0, Integer.MAX_VALUE)))
        : Optional.empty();
  }

  private static OptionalLong nanos(OptionalInt millis) {
    return millis.isPresent()
        ? OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(millis.getAsInt()))
        : OptionalLong.empty();
  }

  /** The directives not yet understood; what is left in the end is a mistake of the test. */
  private record Directives(Map<String, String> left) {

    static Directives of(String text) throws ApiException {
      Map<String, String> byName = new LinkedHashMap<>();
      for (String directive : text.split(",", -1)) {
        String[] parts = directive.strip().split("=", 2);
        String value = parts.length == 2 ? parts[1].strip() : "";
        if (byName.put(parts[0].strip(), value) != null) {
          throw mistake("'" + parts[0] + "' is given twice");
        }
      }
      return new Directives(byName);
    }

    boolean takeWord(String name) throws ApiException {
      String value = left.remove(name);
      if (value != null && !value.isEmpty()) {
        throw mistake("'" + name + "' takes no value");
      }
      return value != null;
    }

    OptionalInt take(String name, int low, int high) throws ApiException {
      String value = left.remove(name);
      if (value == null) {
        return OptionalInt.empty();
      }
      int number = number(name, value);
      if (number < low || number > high) {
        throw mistake("'" + name + "' must be " + low + " to " + high);
      }
      return OptionalInt.of(number);
    }

    void requireAllTaken() throws ApiException {
      if (!left.isEmpty()) {
        throw mistake("unknown, or at odds with another directive: " + left.keySet());
      }
    }

    private static int number(String name, String value) throws ApiException {
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw mistake("'" + name + "' must be a number");
      }
    }

    private static ApiException mistake(String what) {
      return ApiException.badRequest("Header " + HEADER + ": " + what + ".");
    }
  }
}
