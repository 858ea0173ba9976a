/** A model of a batching model server. */
package io.tidegate.engine.simulation.upstream;
