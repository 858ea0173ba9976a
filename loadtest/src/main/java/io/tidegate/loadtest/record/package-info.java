/**
 * Takes in what happens in a run: a {@code Recorder}, in memory that does not grow with the run,
 * and the run's directory. What is left of it at the end is in {@code result}.
 */
package io.tidegate.loadtest.record;
