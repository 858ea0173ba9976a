/**
 * What the gate does, second by second: for whoever looks on now, for the last quarter of an hour,
 * and in histogram logs.
 */
package io.tidegate.http.live;
