/** Open arrivals: users come when they come, however slow the system is. */
package io.tidegate.loadtest.arrival.open;
