/** When a plan is sold to people who never had it, and who or what decided so. */
package io.tidegate.engine.signup.gate;
