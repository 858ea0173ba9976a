/** What the slow loops cost. */
package io.tidegate.bench.control;
