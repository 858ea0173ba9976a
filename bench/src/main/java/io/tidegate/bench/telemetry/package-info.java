/** What it costs to keep a time. */
package io.tidegate.bench.telemetry;
