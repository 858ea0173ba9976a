package io.tidegate.loadtest.record;

import io.tidegate.loadtest.record.result.Ending;
import java.util.OptionalLong;

/**
 * One request that has ended. All times are nanoseconds from the start of the run.
 *
 * @param request its name in the scenario
 * @param tier index into the tiers of the run
 * @param subscriber whose request it was, 0 or more, counted within the tier
 * @param intendedNanos when it was meant to be sent
 * @param firedNanos when it was taken up
 * @param connectNanos how long a new connection took to make, where one was needed
 * @param blockedNanos from the intended time until a connection was in hand or begun
 * @param headersNanos from being sent to the head of the answer, where one came
 * @param firstTokenNanos from the intended time to the first token, where one came
 * @param wholeNanos from the intended time to the end
 * @param tokens how many came
 * @param ending how it ended
 */
public record Sample(
    String request,
    int tier,
    int subscriber,
    long intendedNanos,
    long firedNanos,
    OptionalLong connectNanos,
    long blockedNanos,
    OptionalLong headersNanos,
    OptionalLong firstTokenNanos,
    long wholeNanos,
    long tokens,
    Ending ending) {}
