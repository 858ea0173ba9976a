package io.tidegate.engine.signup.desk;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a desk is told by the operator.
 *
 * @param plans that are sold
 * @param retention how long after the end of their business e-mails are kept
 * @param listeners names of those who are told of events
 */
public record DeskSettings(
    Map<String, SaleTerms> plans, Duration retention, Set<String> listeners) {

  /** E-mails are kept for thirty days after the end, unless the operator says otherwise. */
  public static final Duration USUAL_RETENTION = Duration.ofDays(30);

  public DeskSettings {
    plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    listeners = Set.copyOf(listeners);
    if (retention.isNegative()) {
      throw new IllegalArgumentException("retention: " + retention);
    }
  }

  /** Settings with the usual retention. */
  public static DeskSettings of(List<SaleTerms> plans, Set<String> listeners) {
    Map<String, SaleTerms> byName = new LinkedHashMap<>();
    plans.forEach(terms -> byName.put(terms.plan(), terms));
    return new DeskSettings(byName, USUAL_RETENTION, listeners);
  }

  /** The terms of a plan; empty if it is not sold. */
  public Optional<SaleTerms> plan(String name) {
    return Optional.ofNullable(plans.get(name));
  }
}
