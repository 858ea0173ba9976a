/**
 * Pages that need nothing but themselves, and the charts of streams, outcomes and first tokens on
 * them: for reports of load tests, and for whoever shows a running gate.
 */
package io.tidegate.loadtest.page;
