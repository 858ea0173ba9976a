/** Closed arrivals: a number of users is kept up, so that a slow system is asked less. */
package io.tidegate.loadtest.arrival.closed;
