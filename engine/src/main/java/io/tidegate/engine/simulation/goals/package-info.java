/** What the engine is to reach, what its parts are worth, what it is compared with. */
package io.tidegate.engine.simulation.goals;
