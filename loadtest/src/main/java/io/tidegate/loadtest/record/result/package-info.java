/**
 * What is known of a run when it is over, as plain values: what reports draw, assertions judge, and
 * files keep.
 */
package io.tidegate.loadtest.record.result;
