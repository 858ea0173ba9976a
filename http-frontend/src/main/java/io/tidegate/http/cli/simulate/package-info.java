/** The commands that ask what would happen. */
package io.tidegate.http.cli.simulate;
