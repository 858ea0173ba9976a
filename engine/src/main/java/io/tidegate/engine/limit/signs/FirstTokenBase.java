package io.tidegate.engine.limit.signs;

import io.tidegate.engine.telemetry.stream.FirstToken;
import io.tidegate.engine.telemetry.stream.PromptBucket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long an ordinary first token takes, by length of prompt: what it takes when nobody stands in
 * the upstream's own queue.
 *
 * <p>It begins with what the first requests show. It follows downwards at any time, because no
 * queue makes a first token faster. Upwards it follows only while the service carries far less than
 * it lately did, when lateness cannot come from load, and by a second at most. Without that, a base
 * that was too low once would make every first token look late, and drive the limit to its minimum
 * for good.
 */
public final class FirstTokenBase {
  /** A median of fewer says nothing. */
  static final int LEAST_SAMPLES = 3;

  // A tenth of the difference for each window: chance moves it little, a change arrives in seconds.
  private static final double DOWN_GAIN = .1;
  // Upwards it takes twenty seconds, and never more than a tenth of a second for a window, so that
  // a short jam at low load is not learned.
  private static final double UP_SECONDS = 20;
  private static final double MOST_UP_AT_ONCE_SECONDS = .1;
  // More than this in all is not a model that has become slower, but one that is in trouble.
  private static final double MOST_UP_SECONDS = 1;

  /** The base of one length of prompt, and how much of it was added by learning upwards. */
  private record Known(double seconds, double raisedSeconds) {}

  private final Map<PromptBucket, Known> known = new EnumMap<>(PromptBucket.class);
  private final Map<PromptBucket, List<FirstToken>> first = new EnumMap<>(PromptBucket.class);

  /** Begins with what was learned before, if anything. */
  public FirstTokenBase(Map<PromptBucket, Double> seconds) {
    seconds.forEach((prompt, each) -> known.put(prompt, new Known(each, 0)));
  }

  /** The base of each length of prompt that is known. */
  public Map<PromptBucket, Double> seconds() {
    Map<PromptBucket, Double> seconds = new EnumMap<>(PromptBucket.class);
    known.forEach((prompt, each) -> seconds.put(prompt, each.seconds()));
    return seconds;
  }

  /** The longest base that is known. */
  OptionalDouble longestSeconds() {
    return known.values().stream().mapToDouble(Known::seconds).max();
  }

  /**
   * By how much first tokens are later than their bases, as a median, below zero if they are
   * earlier; empty with too few of known lengths of prompt.
   */
  OptionalDouble excessSeconds(List<FirstToken> firstTokens) {
    List<Weighted> excess = new ArrayList<>();
    for (FirstToken each : firstTokens) {
      Known base = known.get(each.prompt());
      if (base != null) {
        excess.add(new Weighted(each.nanos() / 1e9 - base.seconds(), each.count()));
      }
    }
    return Weighted.median(excess, LEAST_SAMPLES);
  }

  /**
   * Learns from a window.
   *
   * @param farBelow whether lateness cannot come from load
   * @param windowSeconds how long the window was
   */
  public void learn(List<FirstToken> firstTokens, boolean farBelow, double windowSeconds) {
    Map<PromptBucket, List<FirstToken>> byPrompt = new EnumMap<>(PromptBucket.class);
    for (FirstToken each : firstTokens) {
      byPrompt.computeIfAbsent(each.prompt(), prompt -> new ArrayList<>()).add(each);
    }
    byPrompt.forEach((prompt, times) -> learn(prompt, times, farBelow, windowSeconds));
  }

  private void learn(
      PromptBucket prompt, List<FirstToken> times, boolean farBelow, double windowSeconds) {
    Known base = known.get(prompt);
    if (base == null) {
      List<FirstToken> all = first.computeIfAbsent(prompt, unseen -> new ArrayList<>());
      all.addAll(times);
      medianSeconds(all)
          .ifPresent(
              seconds -> {
                known.put(prompt, new Known(seconds, 0));
                first.remove(prompt);
              });
      return;
    }
    medianSeconds(times)
        .ifPresent(
            seconds -> {
              double raw = seconds - base.seconds();
              double change = raw < 0 ? DOWN_GAIN * raw : farBelow ? up(raw, windowSeconds) : 0;
              double raised = Math.max(0, base.raisedSeconds() + change);
              if (raised <= MOST_UP_SECONDS) {
                known.put(prompt, new Known(base.seconds() + change, raised));
              }
            });
  }

  private static double up(double raw, double windowSeconds) {
    double share = 1 - Math.exp(-windowSeconds / UP_SECONDS);
    return Math.min(MOST_UP_AT_ONCE_SECONDS, share * raw);
  }

  private static OptionalDouble medianSeconds(List<FirstToken> times) {
    return Weighted.median(
        times.stream().map(each -> new Weighted(each.nanos() / 1e9, each.count())).toList(),
        LEAST_SAMPLES);
  }
}
