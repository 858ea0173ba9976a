/** What a decision costs, beside its peers, and what no race may do to it. */
package io.tidegate.bench.gate;
