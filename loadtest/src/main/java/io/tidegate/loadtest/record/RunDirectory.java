package io.tidegate.loadtest.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidegate.loadtest.record.result.Interval;
import io.tidegate.loadtest.record.result.Manifest;
import io.tidegate.loadtest.record.result.RunData;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of one run: {@code manifest.json} from its beginning, {@code seconds.jsonl.gz} and
 * {@code first-token.hlog} while it goes on, {@code run.json} when it is over. From them the same
 * {@link RunData} can be read again at any time.
 *
 * <p>Not thread-safe.
 */
public final class RunDirectory implements AutoCloseable {

  private static final String MANIFEST = "manifest.json";
  private static final String SECONDS = "seconds.jsonl.gz";
  private static final String RUN = "run.json";
  private static final String HLOG = "first-token.hlog";

  /** More than anybody can see: a longer run is told in longer stretches. */
  private static final int MAX_INTERVALS = 3600;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();
  private static final ObjectReader INTERVALS = JSON.readerFor(Interval.class);

  private final Path path;
  private final OutputStream seconds;
  private final HlogWriter hlog;
  private Optional<RequestLog> requests = Optional.empty();

  private RunDirectory(Path path, OutputStream seconds, HlogWriter hlog) {
    this.path = path;
    this.seconds = seconds;
    this.hlog = hlog;
  }

  /**
   * Begins the files of a run; what the directory held of an earlier one is written over.
   *
   * @throws IOException if they cannot be written
   */
  public static RunDirectory create(Path path, Manifest manifest) throws IOException {
    return UnwritableException.explain(path, () -> open(path, manifest));
  }

  private static RunDirectory open(Path path, Manifest manifest) throws IOException {
    Files.createDirectories(path);
    Files.deleteIfExists(path.resolve(RUN));
    Files.deleteIfExists(path.resolve(RequestLog.FILE));
    write(path.resolve(MANIFEST), manifest);
    OutputStream seconds =
        new BufferedOutputStream(
            new GZIPOutputStream(Files.newOutputStream(path.resolve(SECONDS)), true), 1 << 16);
    try {
      HlogWriter hlog = HlogWriter.create(path.resolve(HLOG), manifest.startedEpochMillis());
      return new RunDirectory(path, seconds, hlog);
    } catch (IOException e) {
      seconds.close();
      throw e;
    }
  }

  /**
   * Reads a run again.
   *
   * @throws IOException if there is none, or it is damaged; the message says what is wrong
   */
  public static RunData read(Path path) throws IOException {
    try {
      RunData run = JSON.readValue(path.resolve(RUN).toFile(), RunData.class);
      return withIntervals(run, readIntervals(path.resolve(SECONDS)));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new IOException(path + " holds no finished run: there is no " + RUN, e);
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Keeps a line for each request from now on.
   *
   * @throws IOException if its file cannot be written
   */
  public void keepRequests() throws IOException {
    requests = Optional.of(UnwritableException.explain(path, () -> RequestLog.create(path)));
  }

  /** Adds a request that has ended, where they are kept. */
  void append(Sample sample, List<String> tiers) {
    try {
      if (requests.isPresent()) {
        requests.get().append(sample, tiers.get(sample.tier()));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Adds a second; they must come in order. */
  void append(OpenInterval second, List<String> tiers) {
    try {
      seconds.write(JSON.writeValueAsBytes(second.close(tiers)));
      seconds.write('\n');
      for (int tier = 0; tier < tiers.size(); tier++) {
        hlog.append(second.second(), tiers.get(tier), second.firstTokens(tier));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException(UnwritableException.of(path, e));
  }

  /**
   * Ends the files and gives the run with its intervals.
   *
   * @throws IOException if they cannot be written
   */
  public RunData finish(RunData run) throws IOException {
    UnwritableException.explain(
        path,
        () -> {
          close();
          return write(path.resolve(RUN), run);
        });
    return withIntervals(run, readIntervals(path.resolve(SECONDS)));
  }

  @Override
  public void close() throws IOException {
    hlog.close();
    if (requests.isPresent()) {
      requests.get().close();
    }
    seconds.close();
  }

  private static Path write(Path file, Object value) throws IOException {
    return Files.write(
        file, (PRETTY.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static List<Interval> readIntervals(Path file) throws IOException {
    List<Interval> intervals = new ArrayList<>();
    int width = 1;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
        MappingIterator<Interval> lines = INTERVALS.readValues(in)) {
      while (lines.hasNext()) {
        add(intervals, lines.next(), width);
        if (intervals.size() > MAX_INTERVALS) {
          width *= 2;
          intervals = merged(intervals, width);
        }
      }
    }
    return intervals;
  }

  private static List<Interval> merged(List<Interval> intervals, int width) {
    List<Interval> wider = new ArrayList<>();
    intervals.forEach(interval -> add(wider, interval, width));
    return wider;
  }

  private static void add(List<Interval> intervals, Interval next, int width) {
    int last = intervals.size() - 1;
    if (last >= 0 && intervals.get(last).seconds() + next.seconds() <= width) {
      intervals.set(last, intervals.get(last).plus(next));
    } else {
      intervals.add(next);
    }
  }

  private static RunData withIntervals(RunData run, List<Interval> intervals) {
    return new RunData(
        run.manifest(),
        run.tiers(),
        List.copyOf(intervals),
        run.latencies(),
        run.totals(),
        run.inversions(),
        run.marks(),
        run.health(),
        run.cutShort(),
        run.paired());
  }
}
