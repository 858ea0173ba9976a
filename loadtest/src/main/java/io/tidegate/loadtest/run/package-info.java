/**
 * Runs a simulation, and watches over the generator itself: whether what was measured can be
 * believed.
 */
package io.tidegate.loadtest.run;
