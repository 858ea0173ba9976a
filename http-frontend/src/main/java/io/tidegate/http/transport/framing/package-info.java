/**
 * Where one HTTP/1.1 message ends and the next begins, read so that nobody can read it otherwise.
 */
package io.tidegate.http.transport.framing;
