/** The wait-list as a line: where somebody stands in it, and how fast it moves. */
package io.tidegate.engine.signup.line;
