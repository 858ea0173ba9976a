/** The section of the file that says whether each request leaves a line. */
package io.tidegate.http.config.access;
