package io.tidegate.http;

/**
 * How a drain ended.
 *
 * @param finished requests, reads among them, that ran when it began and came to their own end
 * @param cut requests whose answers were not with their clients as a whole by the deadline
 */
public record DrainReport(long finished, long cut) {}
