package io.tidegate.http.proxy;

import io.tidegate.engine.admission.Allowance;
import io.tidegate.engine.tier.ServiceClass;
import java.util.Optional;

/**
 * What a request was let in with.
 *
 * @param serviceClass the class it was admitted in
 * @param decisionNanos how long the engine took to decide, without the wait
 * @param queuedNanos how long it waited in the queue; 0 if it did not
 * @param requests what is left of the subscriber's requests; empty: they are not counted
 * @param tokens the same of tokens
 */
public record Grant(
    ServiceClass serviceClass,
    long decisionNanos,
    long queuedNanos,
    Optional<Allowance> requests,
    Optional<Allowance> tokens) {}
