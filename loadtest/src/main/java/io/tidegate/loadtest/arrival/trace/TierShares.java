package io.tidegate.loadtest.arrival.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of the arrivals belongs to which tier. No published trace says, so a row's tier is
 * drawn from a hash of the seed and its place: the same row has the same tier in every run.
 */
public final class TierShares {

  private final Map<String, Double> shares;
  private final double sum;

  /**
   * @param shares parts, each more than 0; they need not add up to one
   */
  public TierShares(Map<String, Double> shares) {
    if (!shares.values().stream().allMatch(share -> share > 0 && share < 1e9)) {
      throw new IllegalArgumentException("a tier's share must be more than 0: " + shares);
    }
    this.shares = new LinkedHashMap<>(shares);
    this.sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  static TierShares none() {
    return new TierShares(Map.of());
  }

  /** The tier of a row; empty when no shares are given. */
  Optional<String> tierOf(long seed, long row) {
    double place = Hash.unit(seed, row) * sum;
    String last = null;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      last = share.getKey();
      place -= share.getValue();
      if (place < 0) {
        break;
      }
    }
    return Optional.ofNullable(last);
  }
}
