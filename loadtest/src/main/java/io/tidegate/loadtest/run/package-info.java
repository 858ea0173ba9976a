/**
 * Runs a simulation: the pacer that fires on time, the virtual users that do what their scenario
 * says, and the watch over the generator itself.
 */
package io.tidegate.loadtest.run;
