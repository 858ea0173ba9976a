/** The section of the file that says whether each request leaves a span. */
package io.tidegate.http.config.trace;
