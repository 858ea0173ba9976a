/** Carries a request up to an upstream and its answer down again, as the bytes come. */
package io.tidegate.http.relay;
