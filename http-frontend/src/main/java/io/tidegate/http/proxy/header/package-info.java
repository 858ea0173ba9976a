/** Which headers travel with a request, and what is told in headers of a quota. */
package io.tidegate.http.proxy.header;
