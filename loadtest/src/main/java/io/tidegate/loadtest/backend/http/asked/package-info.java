/** What is asked of the simulated backend: the request, and the faults its sender wishes for. */
package io.tidegate.loadtest.backend.http.asked;
