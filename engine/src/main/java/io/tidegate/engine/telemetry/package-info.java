/** What the engine counts and times, kept so cheaply that the hot path can afford it. */
package io.tidegate.engine.telemetry;
