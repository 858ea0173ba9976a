/** A span for each request that asks for a seat, sent to a collector by OTLP. */
package io.tidegate.http.trace;
