/**
 * The virtual users of a population: how they arrive, go through their scenario, ask, and try
 * again.
 */
package io.tidegate.loadtest.run.crowd;
