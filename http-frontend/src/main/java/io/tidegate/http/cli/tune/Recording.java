package io.tidegate.http.cli.tune;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** Histogram logs of a gate or of a load test, cut into windows. */
final class Recording {

  private static final String END = ".hlog";
  private static final long WINDOW_MILLIS = TimeUnit.SECONDS.toMillis(Window.SECONDS);

  private Recording() {}

  /**
   * Reads a file, or all of a folder's, or of the folder {@code hlog} in it.
   *
   * @return the windows in which anything was recorded, in order
   * @throws IOException if there is nothing to read
   */
  static List<Window> read(Path path) throws IOException {
    SortedMap<Long, Window> windows = new TreeMap<>();
    for (Path file : files(path)) {
      read(file, windows);
    }
    if (windows.isEmpty()) {
      throw new IOException(path + " holds no recorded histogram");
    }
    return List.copyOf(windows.values());
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new IOException("there is no " + path);
    }
    List<Path> here = logsIn(path);
    Path inside = path.resolve("hlog");
    if (here.isEmpty() && Files.isDirectory(inside)) {
      here = logsIn(inside);
    }
    if (here.isEmpty()) {
      throw new IOException("there is no file " + END + " in " + path);
    }
    return here;
  }

  private static List<Path> logsIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(END)).sorted().toList();
    }
  }

  private static void read(Path file, SortedMap<Long, Window> windows) throws IOException {
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next instanceof Histogram times && times.getTag() != null) {
          windows
              .computeIfAbsent(times.getStartTimeStamp() / WINDOW_MILLIS, at -> new Window())
              .add(times.getTag(), times, times.getStartTimeStamp(), times.getEndTimeStamp());
        }
      }
    } catch (FileNotFoundException e) {
      throw new NoSuchFileException(file.toString());
    } catch (RuntimeException e) {
      throw new IOException(file + " is no histogram log: " + e.getMessage(), e);
    }
  }
}
