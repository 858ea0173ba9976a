package io.tidegate.loadtest.backend.stats;

/**
 * What reached the backend so far, and what is in it now. The numbers are read one after the other,
 * so that they agree with each other only at rest.
 *
 * @param running answers in the batch: in prefill, streaming, or resting for a slow reader
 * @param waiting requests that wait for memory
 * @param completed answers that went out whole
 * @param aborted answers that ended before, whether the client left or a script broke them
 * @param tokens tokens made
 * @param connections client connections open now, the one that asks included
 * @param maxRunning the most answers that were in the batch at once
 * @param requests requests for a completion, refused ones included
 */
public record BackendStats(
    long running,
    long waiting,
    long completed,
    long aborted,
    long tokens,
    long connections,
    long maxRunning,
    long requests) {}
