/** What carries one request to an upstream, and its answer back. */
package io.tidegate.http.upstream.wire;
