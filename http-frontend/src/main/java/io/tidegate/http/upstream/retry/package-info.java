/** When a request may be sent to another upstream after one has failed it. */
package io.tidegate.http.upstream.retry;
