/**
 * The command that runs load tests: its options, its target, what it tells meanwhile and at the
 * end.
 */
package io.tidegate.http.cli.loadtest;
