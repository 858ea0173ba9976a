/** Signals of the operating system, as commands that run for long want them. */
package io.tidegate.http.cli.signal;
