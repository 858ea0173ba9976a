/** What a decision costs. */
package io.tidegate.bench.gate;
