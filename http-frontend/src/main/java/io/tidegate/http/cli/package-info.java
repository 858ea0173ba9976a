/** The commands of {@code tidegate}: what is typed, what is printed, how a command ends. */
package io.tidegate.http.cli;
