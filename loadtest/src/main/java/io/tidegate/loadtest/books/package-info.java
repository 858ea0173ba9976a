/**
 * What a gate itself has counted of a run, read from its metrics page, and whether it adds up: the
 * tester's own counts cannot tell a request that the gate has lost.
 */
package io.tidegate.loadtest.books;
