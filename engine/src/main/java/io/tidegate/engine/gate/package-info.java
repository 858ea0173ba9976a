/** The hot path: seats, the latch and permits, without a lock. */
package io.tidegate.engine.gate;
