/** What becomes of a request before its first byte goes anywhere: refused, or sent on, and how. */
package io.tidegate.http.proxy;
