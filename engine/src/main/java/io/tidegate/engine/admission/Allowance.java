package io.tidegate.engine.admission;

/**
 * What is left of a subscriber's quota of one kind.
 *
 * @param limit how many a minute, at least 1
 * @param remaining how many may be used now, 0 or more
 * @param resetMillis until all of them may be used again, if none is used meanwhile
 */
public record Allowance(long limit, long remaining, long resetMillis) {}
