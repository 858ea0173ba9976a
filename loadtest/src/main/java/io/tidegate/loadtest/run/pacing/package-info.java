/**
 * The pacer: does what is due at its moment on the monotonic clock, and never waits for the target.
 */
package io.tidegate.loadtest.run.pacing;
