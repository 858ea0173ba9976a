/** Counters in a mapped file, which another process can read. */
package io.tidegate.engine.telemetry.counter;
