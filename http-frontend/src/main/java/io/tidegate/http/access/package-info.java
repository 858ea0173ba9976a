/** Who sees each request that asks for a seat; and the access log, one line of JSON for each. */
package io.tidegate.http.access;
