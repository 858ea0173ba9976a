/** What waiting costs. */
package io.tidegate.bench.queue;
