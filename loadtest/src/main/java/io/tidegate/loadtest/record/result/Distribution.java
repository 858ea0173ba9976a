package io.tidegate.loadtest.record.result;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Latencies in a form that is small enough to keep one for every second of a day.
 *
 * @param count how many
 * @param maxNanos the true maximum, 0 if there is none
 * @param encoded an HdrHistogram, in its own compressed encoding, in base 64; empty if there is
 *     none
 */
public record Distribution(long count, long maxNanos, String encoded) {

  /** Three digits: an error of at most a thousandth. */
  public static final int DIGITS = 3;

  private static final Distribution NONE = new Distribution(0, 0, "");

  public static Distribution none() {
    return NONE;
  }

  /** The same numbers as in a histogram, at its precision. */
  public static Distribution of(AbstractHistogram histogram, long maxNanos) {
    if (histogram.getTotalCount() == 0) {
      return NONE;
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.rewind();
    buffer.get(bytes);
    return new Distribution(
        histogram.getTotalCount(), maxNanos, Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * A new histogram of them, in nanoseconds.
   *
   * @throws IllegalStateException if the encoding is damaged
   */
  public Histogram histogram() {
    if (encoded.isEmpty()) {
      return new Histogram(DIGITS);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
      Histogram histogram = Histogram.decodeFromCompressedByteBuffer(bytes, 0);
      histogram.setAutoResize(true);
      return histogram;
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new IllegalStateException("a recorded histogram is damaged", e);
    }
  }

  /**
   * The latency that a share of all stays at or below; 100 gives the true maximum, none gives 0.
   *
   * @param percentile 0 to 100
   */
  public long percentileNanos(double percentile) {
    if (count == 0) {
      return 0;
    }
    return percentile >= 100
        ? maxNanos
        : Math.min(maxNanos, histogram().getValueAtPercentile(percentile));
  }

  /** How many stayed at or below a bound. */
  public long countWithin(long nanos) {
    return count == 0 || nanos < 0
        ? 0
        : nanos >= maxNanos ? count : histogram().getCountBetweenValues(0, nanos);
  }

  /** All of both. */
  public Distribution plus(Distribution other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    Histogram sum = histogram();
    sum.add(other.histogram());
    return of(sum, Math.max(maxNanos, other.maxNanos));
  }
}
