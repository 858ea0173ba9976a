/** The tables of sign-ups, a class for each: all SQL is here. */
package io.tidegate.engine.signup.store.table;
