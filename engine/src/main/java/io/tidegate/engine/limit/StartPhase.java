package io.tidegate.engine.limit;

import io.tidegate.engine.limit.signs.Sample;
import io.tidegate.engine.limit.signs.Signs;
import java.util.OptionalDouble;

/**
 * The search at the start, when nothing is known: the limit doubles while the service is full and
 * shows no sign of trouble; the first sign tells at once what the upstream carries.
 *
 * <p>That is sound only here. In running operation delay has many causes, and a snap to what is
 * running now would throw capacity away.
 */
final class StartPhase {
  // So late, requests stand in the upstream's own queue, whatever the mix of prompts.
  private static final double LATE_SECONDS = .5;
  // What the engine works on; a little less, so that its queue empties.
  static final double OF_THE_ANSWERING = .95;
  static final double GROWTH = 2;

  private StartPhase() {}

  /** What the upstream carries, if there is a sign of trouble. */
  static OptionalDouble found(Signs signs, Sample sample) {
    double byFirstToken =
        signs.late() > LATE_SECONDS
            ? OF_THE_ANSWERING * sample.answeringSeats()
            : Double.POSITIVE_INFINITY;
    double byTokenTime =
        signs.slow() > 1 ? sample.inflightSeats() / signs.slow() : Double.POSITIVE_INFINITY;
    double carried = Math.min(byFirstToken, byTokenTime);
    return Double.isInfinite(carried) ? OptionalDouble.empty() : OptionalDouble.of(carried);
  }
}
