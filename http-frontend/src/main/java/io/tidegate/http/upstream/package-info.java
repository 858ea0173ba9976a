/** The chat services behind the gate: which one takes a request, and the connections to them. */
package io.tidegate.http.upstream;
