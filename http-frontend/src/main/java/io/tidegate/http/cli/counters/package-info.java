/** The command that reads a gate's counters from outside. */
package io.tidegate.http.cli.counters;
