package io.tidegate.http;

/**
 * How a drain ended.
 *
 * @param finished requests that ran when it began and came to their own end
 * @param cut requests that were still running at the deadline, and were ended
 */
public record DrainReport(long finished, long cut) {}
