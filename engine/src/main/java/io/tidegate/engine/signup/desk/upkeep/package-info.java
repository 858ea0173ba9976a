/** What the desk does by itself, and what the operator asks of it. */
package io.tidegate.engine.signup.desk.upkeep;
