package io.tidegate.engine.queue;

import io.tidegate.engine.tier.ServiceClass;
import io.tidegate.engine.tier.ServiceClass.Kind;
import io.tidegate.engine.tier.TierTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may wait for a seat, and how long.
 *
 * @param longestByClass the longest wait of a class, by its label; zero, and for classes that are
 *     left out: they do not wait. At most {@link #LONGEST}
 * @param mostPerClass how many requests of one class may wait at once, 1 to 1,000,000; a bound for
 *     memory, not for waiting times
 */
public record WaitSettings(Map<String, Duration> longestByClass, int mostPerClass) {
  /** Whoever is answered later than this has long gone. */
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private static final int USUAL_MOST = 10_000;
  private static final int LARGEST_MOST = 1_000_000;
  private static final Duration BEST = Duration.ofSeconds(5);
  private static final Duration CONTINUING = Duration.ofSeconds(2);
  private static final Duration OPENING = Duration.ofSeconds(1);

  public WaitSettings {
    longestByClass = Map.copyOf(longestByClass);
    longestByClass.forEach(
        (label, wait) -> {
          if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                "%s waits between 0 and %s, not %s".formatted(label, LONGEST, wait));
          }
        });
    if (mostPerClass < 1 || mostPerClass > LARGEST_MOST) {
      throw new IllegalArgumentException(
          "1 to %d requests of a class may wait, not %d".formatted(LARGEST_MOST, mostPerClass));
    }
  }

  /** Nobody waits. */
  public static WaitSettings none() {
    return new WaitSettings(Map.of(), USUAL_MOST);
  }

  /**
   * What suits a chat service: 5 s for the best tier, 2 s for whoever continues a session, 1 s for
   * whoever opens one, and nothing for openings of the worst class, whose answers would come too
   * late to be of use. With a single tier everybody waits as the best.
   */
  public static WaitSettings defaults(TierTable tiers) {
    Map<String, Duration> waits = new LinkedHashMap<>();
    List<ServiceClass> classes = new ArrayList<>(tiers.classes());
    for (ServiceClass each : classes) {
      boolean worst = each.rank() == classes.size() - 1 && each.kind() == Kind.OPENING;
      if (each.tier().equals(tiers.best())) {
        waits.put(each.label(), BEST);
      } else if (!worst) {
        waits.put(each.label(), each.kind() == Kind.CONTINUING ? CONTINUING : OPENING);
      }
    }
    return new WaitSettings(waits, USUAL_MOST);
  }

  /** The longest wait of a class, in nanoseconds; 0: it does not wait. */
  long nanosOf(ServiceClass of) {
    return longestByClass.getOrDefault(of.label(), Duration.ZERO).toNanos();
  }
}
