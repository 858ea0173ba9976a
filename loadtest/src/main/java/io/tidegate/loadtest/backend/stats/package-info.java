/** What reached the backend: its counters and the head of the last request. */
package io.tidegate.loadtest.backend.stats;
