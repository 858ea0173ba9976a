/**
 * The sign-up gate's things: who waits, what is held, who subscribed. Values only; rooms inside
 * keep them and decide about them.
 */
package io.tidegate.engine.signup;
