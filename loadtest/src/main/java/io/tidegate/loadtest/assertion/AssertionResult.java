package io.tidegate.loadtest.assertion;

/**
 * How an assertion went.
 *
 * @param assertion what must hold, as a sentence
 * @param actual what was found, with its unit
 * @param passed whether it holds
 */
public record AssertionResult(String assertion, String actual, boolean passed) {}
