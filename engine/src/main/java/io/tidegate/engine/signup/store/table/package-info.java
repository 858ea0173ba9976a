/**
 * The tables of sign-ups, a class for each: all SQL is here.
 *
 * <p>What H2 needs so that a question costs no more with a million rows: an {@code ORDER BY} that
 * names the columns of the index, or all rows are read and sorted; and a lower bound as well as an
 * upper one where a column may be null, or it reads all nulls, which stand first.
 */
package io.tidegate.engine.signup.store.table;
