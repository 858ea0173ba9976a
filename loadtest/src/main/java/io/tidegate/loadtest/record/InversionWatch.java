package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.InversionWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Finds priority inversions from outside: a worse class admitted within a second after a better one
 * was refused for want of room.
 *
 * <p>Nobody outside knows when a decision was taken, only that it lies between the sending of a
 * request and the head of its answer. So only what is certain counts: the worse request was sent
 * after the better one's refusal had come back, and its own answer began within a second after the
 * better one had been sent. A gate without inversions is never accused; of a gate with many, some
 * stay unseen.
 *
 * <p>Memory is bounded: of each class, the latest refusal in every hundredth of a second.
 *
 * <p>Not thread-safe. Answers must be handed in as they come.
 */
public final class InversionWatch {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SLOTS = 128;
  private static final long SLOT_NANOS = SECOND_NANOS / 100;

  private final List<String> classes;
  private final long[][] sentNanos;
  private final long[][] knownNanos;
  private final Map<Long, InversionWindow> windows = new TreeMap<>();

  /**
   * @param classes the labels of all classes, best first
   */
  public InversionWatch(List<String> classes) {
    this.classes = List.copyOf(classes);
    this.sentNanos = new long[classes.size()][SLOTS];
    this.knownNanos = new long[classes.size()][SLOTS];
    for (long[] slots : sentNanos) {
      Arrays.fill(slots, Long.MIN_VALUE / 2);
    }
  }

  /**
   * The classes of tiers, best first, as a gate orders them unless told otherwise: both of the best
   * tier, then what the others continue, then what they open; and each tier's own name, for answers
   * that tell no class.
   */
  public static List<String> classesOf(List<String> tiers) {
    List<String> order = new ArrayList<>();
    for (int tier = 0; tier < tiers.size(); tier++) {
      order.add(tiers.get(tier) + "-continuing");
      if (tier == 0) {
        order.add(tiers.get(tier) + "-opening");
      }
    }
    tiers.stream().skip(1).forEach(tier -> order.add(tier + "-opening"));
    return order;
  }

  /** A class was refused for want of room. */
  public void refused(String label, long sentAtNanos, long knownAtNanos) {
    int rank = classes.indexOf(label);
    if (rank >= 0) {
      int slot = slot(knownAtNanos);
      sentNanos[rank][slot] = sentAtNanos;
      knownNanos[rank][slot] = knownAtNanos;
    }
  }

  /** A class was admitted. */
  public void admitted(String label, long sentAtNanos, long knownAtNanos) {
    int rank = classes.indexOf(label);
    for (int better = 0; better < rank; better++) {
      if (refusedJustBefore(better, sentAtNanos, knownAtNanos)) {
        InversionWindow found =
            new InversionWindow(sentAtNanos / SECOND_NANOS, classes.get(better), label, 1);
        windows.merge(found.second(), found, InversionWindow::plus);
        return;
      }
    }
  }

  /** Every second that saw one, in order. */
  public Collection<InversionWindow> windows() {
    return windows.values();
  }

  private boolean refusedJustBefore(int better, long sentAtNanos, long knownAtNanos) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (knownNanos[better][slot] <= sentAtNanos
          && knownAtNanos <= sentNanos[better][slot] + SECOND_NANOS) {
        return true;
      }
    }
    return false;
  }

  private static int slot(long nanos) {
    return (int) (nanos / SLOT_NANOS % SLOTS);
  }
}
