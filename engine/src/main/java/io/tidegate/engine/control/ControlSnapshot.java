package io.tidegate.engine.control;

import io.tidegate.engine.limit.LimitStep;
import io.tidegate.engine.reserve.ReserveDecision;
import java.util.OptionalInt;

/**
 * What the loops decided last, and why.
 *
 * @param limitSeats the limit that is enforced: the policy's, or what healthy upstreams can take
 *     together, if that is less; empty: none
 * @param limit the policy's last step
 * @param reserve what is kept for the best tier
 * @param surge whether there is a surge
 */
public record ControlSnapshot(
    OptionalInt limitSeats, LimitStep limit, ReserveDecision reserve, SurgeState surge) {}
