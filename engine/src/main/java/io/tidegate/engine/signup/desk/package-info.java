/**
 * The desk of the sign-up gate: one writer, several requests a commit, and an answer only when it
 * cannot be lost any more. What may be asked is in the rooms inside.
 */
package io.tidegate.engine.signup.desk;
