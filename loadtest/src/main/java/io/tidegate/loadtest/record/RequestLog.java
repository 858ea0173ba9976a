package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Ending;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

/**
 * {@code requests.csv.gz}: a line for each request that has ended, in the order of their ends. What
 * was not reached is empty.
 *
 * <p>Not thread-safe.
 */
final class RequestLog implements AutoCloseable {

  static final String FILE = "requests.csv.gz";

  static final String HEADER =
      "request,tier,subscriber,intended_s,fired_s,blocked_us,connect_us,headers_us,first_token_us,"
          + "whole_us,tokens,outcome,reason";

  private final BufferedWriter out;

  private RequestLog(BufferedWriter out) {
    this.out = out;
  }

  static RequestLog create(Path directory) throws IOException {
    BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(directory.resolve(FILE)), 1 << 16),
                StandardCharsets.UTF_8));
    try {
      out.write(HEADER + "\n");
      return new RequestLog(out);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  void append(Sample sample, String tier) throws IOException {
    Ending ending = sample.ending();
    out.write(
        String.join(
            ",",
            quoted(sample.request()),
            quoted(tier),
            Integer.toString(sample.subscriber()),
            seconds(sample.intendedNanos()),
            seconds(sample.firedNanos()),
            micros(OptionalLong.of(sample.blockedNanos())),
            micros(sample.connectNanos()),
            micros(sample.headersNanos()),
            micros(sample.firstTokenNanos()),
            micros(OptionalLong.of(sample.wholeNanos())),
            Long.toString(sample.tokens()),
            ending.outcome().name(),
            quoted(ending.reason())));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }

  private static String micros(OptionalLong nanos) {
    return nanos.isPresent() ? Long.toString(Math.round(nanos.getAsLong() / 1e3)) : "";
  }

  /** Names and reasons come from outside. */
  private static String quoted(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c != '"' && c != ',');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
