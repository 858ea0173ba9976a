/** The access log: one line of JSON for each request that asks for a seat. */
package io.tidegate.http.access;
