/** Who may wait for a seat, in which order they get one, and for how long they wait. */
package io.tidegate.engine.queue;
