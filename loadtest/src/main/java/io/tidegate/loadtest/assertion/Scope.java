package io.tidegate.loadtest.assertion;

import io.tidegate.loadtest.record.result.RunData;
import java.util.List;
import java.util.Optional;

/**
 * Which part of a run is judged.
 *
 * @param label as people read it
 * @param tiers whose requests count
 * @param request only requests of that name; empty: all
 * @param span only that stretch of the run; empty: all of it
 */
record Scope(String label, List<String> tiers, Optional<String> request, Optional<Span> span) {

  /** A stretch of a run, in seconds from its start: from the first on, before the last. */
  record Span(long fromSecond, long toSecond) {
    Span {
      if (fromSecond < 0 || toSecond <= fromSecond) {
        throw new IllegalArgumentException("a stretch must begin at 0 or later and end after that");
      }
    }
  }

  static Scope all(RunData run) {
    return new Scope("global", run.tiers(), Optional.empty(), Optional.empty());
  }

  Scope ofTier(String tier) {
    return new Scope("tier " + tier, List.of(tier), request, span);
  }

  Scope ofRequest(String name) {
    return new Scope(name, tiers, Optional.of(name), span);
  }

  Scope between(Span stretch) {
    return new Scope(
        "%s, %d s to %d s".formatted(label, stretch.fromSecond, stretch.toSecond),
        tiers,
        request,
        Optional.of(stretch));
  }
}
