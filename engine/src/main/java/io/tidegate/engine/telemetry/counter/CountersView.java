package io.tidegate.engine.telemetry.counter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of an engine, seen from another process through its mapped file: also when that
 * process hangs, or after it died. Looking costs the engine nothing.
 *
 * <p>Values are read one after the other while the engine goes on counting, so that two of them may
 * differ by what was counted in between.
 *
 * <p>Thread-safety: any thread.
 */
public final class CountersView {
  // More lanes or counters than any engine makes: whatever claims them is not a counters file.
  private static final int MOST = 1_000_000;

  private final List<CountersReader> lanes;
  private final List<String> labels;
  private final long processId;
  private final long startEpochMillis;

  /**
   * One counter.
   *
   * @param label as on the metrics page, such as {@code tidegate_offered_total{tier="plus"}}
   * @param value the sum over all lanes
   */
  public record Value(String label, long value) {}

  private CountersView(
      List<CountersReader> lanes, List<String> labels, long processId, long startEpochMillis) {
    this.lanes = lanes;
    this.labels = labels;
    this.processId = processId;
    this.startEpochMillis = startEpochMillis;
  }

  /**
   * Maps a counters file for reading.
   *
   * @throws IOException if it cannot be read, or is no whole counters file of this version
   */
  public static CountersView open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < CountersFile.HEADER_LENGTH || channel.size() > Integer.MAX_VALUE) {
        throw new IOException(file + " is no counters file: it has " + channel.size() + " bytes");
      }
      MappedByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, channel.size());
      return of(file, mapped.order(ByteOrder.nativeOrder()));
    }
  }

  private static CountersView of(Path file, ByteBuffer bytes) throws IOException {
    int magic = bytes.getInt(CountersFile.MAGIC_OFFSET);
    if (magic != CountersFile.MAGIC) {
      throw new IOException(file + " is no counters file of this version");
    }
    int counters = bytes.getInt(CountersFile.COUNTERS_OFFSET);
    int lanes = bytes.getInt(CountersFile.LANES_OFFSET);
    if (counters < 0 || counters > MOST || lanes < 1 || lanes > MOST) {
      throw new IOException(file + " is damaged: its header makes no sense");
    }
    long labelsLength = (long) counters * CountersReader.METADATA_LENGTH;
    long laneLength = (long) counters * CountersReader.COUNTER_LENGTH;
    if (bytes.capacity() < CountersFile.HEADER_LENGTH + labelsLength + lanes * laneLength) {
      throw new IOException(file + " is damaged: it is shorter than its header says");
    }
    UnsafeBuffer records = new UnsafeBuffer(bytes, CountersFile.HEADER_LENGTH, (int) labelsLength);
    List<CountersReader> readers = new ArrayList<>(lanes);
    for (int lane = 0; lane < lanes; lane++) {
      long offset = CountersFile.HEADER_LENGTH + labelsLength + lane * laneLength;
      readers.add(
          new CountersReader(records, new UnsafeBuffer(bytes, (int) offset, (int) laneLength)));
    }
    List<String> labels = new ArrayList<>(counters);
    for (int counter = 0; counter < counters; counter++) {
      labels.add(readers.get(0).getCounterLabel(counter));
    }
    return new CountersView(
        readers,
        labels,
        bytes.getLong(CountersFile.PID_OFFSET),
        bytes.getLong(CountersFile.START_OFFSET));
  }

  /** Every counter as it is now, in the order of the file. */
  public List<Value> read() {
    List<Value> values = new ArrayList<>(labels.size());
    for (int counter = 0; counter < labels.size(); counter++) {
      long sum = 0;
      for (CountersReader lane : lanes) {
        sum += lane.getCounterValue(counter);
      }
      values.add(new Value(labels.get(counter), sum));
    }
    return values;
  }

  /** The process that writes the file, or wrote it. */
  public long processId() {
    return processId;
  }

  /** When that process made the file, in milliseconds since 1970. */
  public long startEpochMillis() {
    return startEpochMillis;
  }
}
