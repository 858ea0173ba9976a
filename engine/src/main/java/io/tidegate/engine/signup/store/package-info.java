/**
 * Where sign-ups are kept: plain SQL, the same on an H2 file and on PostgreSQL. One class for each
 * table; who decides is elsewhere.
 */
package io.tidegate.engine.signup.store;
