/** The ports of the gate: where it listens, for whom, and how much a client may send. */
package io.tidegate.http.config.listen;
