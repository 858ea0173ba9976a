package io.tidegate.loadtest.record;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each subscriber of a tier was served. Of more than {@value #MAX} subscribers some share
 * a place, which makes the shares look more even than they were.
 *
 * <p>Not thread-safe.
 */
final class Subscribers {

  static final int MAX = 1 << 16;

  private long[] offered = new long[16];
  private long[] served = new long[16];

  void offered(int subscriber) {
    int place = place(subscriber);
    offered[place]++;
  }

  void served(int subscriber) {
    int place = place(subscriber);
    served[place]++;
  }

  /** The counts of those who asked, in no particular order. */
  List<Long> servedOfThoseWhoAsked() {
    return IntStream.range(0, offered.length)
        .filter(place -> offered[place] > 0)
        .mapToObj(place -> served[place])
        .toList();
  }

  private int place(int subscriber) {
    int place = subscriber & (MAX - 1);
    if (place >= offered.length) {
      int length = Math.max(place + 1, offered.length * 2);
      offered = Arrays.copyOf(offered, length);
      served = Arrays.copyOf(served, length);
    }
    return place;
  }
}
