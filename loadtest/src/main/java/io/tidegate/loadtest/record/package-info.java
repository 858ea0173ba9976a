/**
 * What a run leaves behind. A {@code Recorder} takes it in, in memory that does not grow with the
 * run; {@code RunData} is what reports and assertions read, from memory or from a directory.
 */
package io.tidegate.loadtest.record;
