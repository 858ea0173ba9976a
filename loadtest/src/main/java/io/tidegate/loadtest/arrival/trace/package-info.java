/** Arrivals that really happened: published traces, read strictly and replayed. */
package io.tidegate.loadtest.arrival.trace;
