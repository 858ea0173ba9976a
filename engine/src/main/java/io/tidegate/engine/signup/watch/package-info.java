/** Watches the demand of the plans that are sold, and turns their gates. */
package io.tidegate.engine.signup.watch;
