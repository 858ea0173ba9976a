package io.tidegate.engine.telemetry.counter;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The file the counters live in, mapped into memory, so that another process reads them without
 * asking the engine, even when it hangs.
 *
 * <p>Layout, in the machine's byte order:
 *
 * <pre>
 *      0  int   magic and version, {@link #MAGIC}
 *      4  int   C, the number of counters
 *      8  int   N, the number of lanes
 *     16  long  id of the process that writes
 *     24  long  when it started, in milliseconds since 1970
 *    128  C label records, as Agrona's {@code CountersReader} reads them (512 bytes each)
 *         N lanes of C values, as Agrona's {@code CountersReader} reads them (128 bytes each)
 * </pre>
 *
 * The value of a counter is the sum of its values in all lanes (see {@link Counters}): one {@code
 * CountersReader} for each lane, all over the same label records.
 *
 * <p>A start makes a new file beside the old one and moves it into place, so a reader never sees
 * half a header, and one that still maps the file of an earlier run keeps it. All blocks are
 * written, not left as holes: a disk that fills up later cannot fault a store into the mapping.
 *
 * <p><b>Threading:</b> written by the thread that constructs it; its buffers are then shared.
 *
 * <p><b>Progress:</b> no method waits for another thread.
 *
 * <p><b>Ordering:</b> header and labels are written before the file has its name, and never again.
 *
 * <p><b>Source:</b> the counters of Agrona and Aeron, with one column of values for each writer.
 */
final class CountersFile {
  /** The four letters TGC1, read as a big-endian number. */
  static final int MAGIC = 0x54474331;

  static final int HEADER_LENGTH = 128;

  static final int MAGIC_OFFSET = 0;
  static final int COUNTERS_OFFSET = 4;
  static final int LANES_OFFSET = 8;
  static final int PID_OFFSET = 16;
  static final int START_OFFSET = 24;

  private final ByteBuffer bytes;
  private final Runnable force;
  private final int counters;

  private CountersFile(ByteBuffer bytes, Runnable force, int counters) {
    this.bytes = bytes;
    this.force = force;
    this.counters = counters;
  }

  /** A counter's place among the label records. */
  record Label(int typeId, String text) {}

  /**
   * Makes the file, and its folder where that is missing.
   *
   * @throws IOException if the disk does not let it
   */
  static CountersFile create(Path path, List<Label> labels, int lanes, long startEpochMillis)
      throws IOException {
    Path target = path.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    Files.write(fresh, new byte[length(labels, lanes)]);
    File file = fresh.toFile();
    MappedByteBuffer mapped = IoUtil.mapExistingFile(file, "counters file");
    CountersFile created = new CountersFile(mapped, mapped::force, labels.size());
    created.writeHeader(lanes, startEpochMillis);
    created.writeLabels(labels);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return created;
  }

  /** The same in memory alone, for an engine that nobody looks at from outside. */
  static CountersFile inMemory(List<Label> labels, int lanes) {
    CountersFile created =
        new CountersFile(ByteBuffer.allocateDirect(length(labels, lanes)), () -> {}, labels.size());
    created.writeHeader(lanes, 0);
    created.writeLabels(labels);
    return created;
  }

  /** The values of one lane. */
  UnsafeBuffer lane(int lane) {
    int length = counters * CountersReader.COUNTER_LENGTH;
    return new UnsafeBuffer(bytes, HEADER_LENGTH + labelsLength() + lane * length, length);
  }

  /** Asks the operating system to bring the values to disk; they stay readable and writable. */
  void force() {
    force.run();
  }

  private void writeHeader(int lanes, long startEpochMillis) {
    UnsafeBuffer header = new UnsafeBuffer(bytes, 0, HEADER_LENGTH);
    header.putInt(MAGIC_OFFSET, MAGIC);
    header.putInt(COUNTERS_OFFSET, counters);
    header.putInt(LANES_OFFSET, lanes);
    header.putLong(PID_OFFSET, ProcessHandle.current().pid());
    header.putLong(START_OFFSET, startEpochMillis);
  }

  private void writeLabels(List<Label> labels) {
    UnsafeBuffer records = new UnsafeBuffer(bytes, HEADER_LENGTH, labelsLength());
    CountersManager manager = new CountersManager(records, lane(0));
    for (Label label : labels) {
      manager.allocate(label.text(), label.typeId());
    }
  }

  private static int length(List<Label> labels, int lanes) {
    return HEADER_LENGTH
        + labels.size() * (CountersReader.METADATA_LENGTH + lanes * CountersReader.COUNTER_LENGTH);
  }

  private int labelsLength() {
    return counters * CountersReader.METADATA_LENGTH;
  }
}
