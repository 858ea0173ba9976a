package io.tidegate.loadtest.record;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A histogram log as HdrHistogram's tools read it: one line a second and tier, tagged with the
 * tier's name, in nanoseconds.
 */
final class HlogWriter implements AutoCloseable {

  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintStream out;
  private final HistogramLogWriter log;

  private HlogWriter(PrintStream out, long startEpochMillis) {
    this.out = out;
    this.log = new HistogramLogWriter(out);
    log.outputComment("[Time to the first token of what was answered whole, by tier]");
    log.outputLogFormatVersion();
    log.outputStartTime(startEpochMillis);
    log.outputLegend();
  }

  static HlogWriter create(Path file, long startEpochMillis) throws IOException {
    PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8.name());
    return new HlogWriter(out, startEpochMillis);
  }

  void append(long second, String tier, Histogram histogram) throws IOException {
    if (histogram.getTotalCount() == 0) {
      return;
    }
    histogram.setTag(tier);
    log.outputIntervalHistogram((double) second, second + 1.0, histogram, NANOS_PER_MILLI);
    if (out.checkError()) {
      throw new IOException("the histogram log cannot be written");
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
