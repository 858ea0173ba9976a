package io.tidegate.loadtest.record;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A histogram log as HdrHistogram's tools read it: one line a second and tier, tagged with the
 * tier's name, in nanoseconds.
 */
final class HlogWriter implements AutoCloseable {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Remembering out;
  private final HistogramLogWriter log;

  private HlogWriter(Remembering out, long startEpochMillis) {
    this.out = out;
    this.log = new HistogramLogWriter(new PrintStream(out, false, StandardCharsets.UTF_8));
    log.outputComment("[Time to the first token of what was answered whole, by tier]");
    log.outputLogFormatVersion();
    log.outputStartTime(startEpochMillis);
    log.outputLegend();
  }

  static HlogWriter create(Path file, long startEpochMillis) throws IOException {
    HlogWriter writer =
        new HlogWriter(new Remembering(Files.newOutputStream(file)), startEpochMillis);
    writer.out.throwWhatFailed();
    return writer;
  }

  void append(long second, String tier, Histogram histogram) throws IOException {
    if (histogram.getTotalCount() == 0) {
      return;
    }
    histogram.setTag(tier);
    log.outputIntervalHistogram((double) second, second + 1.0, histogram, NANOS_PER_MILLI);
    out.throwWhatFailed();
  }

  @Override
  public void close() throws IOException {
    log.close();
    out.throwWhatFailed();
  }

  /** Keeps the failure that a print stream would only tell the existence of. */
  private static final class Remembering extends FilterOutputStream {
    private Optional<IOException> failure = Optional.empty();

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = Optional.of(e);
        throw e;
      }
    }

    void throwWhatFailed() throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }
}
