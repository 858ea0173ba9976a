/**
 * What is seen of an answer while it passes: its first token, how many there are, and what it says
 * it used.
 */
package io.tidegate.http.relay.seen;
