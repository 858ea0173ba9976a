/** What a run came to, as figures and as a picture. */
package io.tidegate.engine.simulation.result;
