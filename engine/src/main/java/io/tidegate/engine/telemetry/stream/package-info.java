/** What streams show of the upstream, noted as they run and handed out by interval. */
package io.tidegate.engine.telemetry.stream;
