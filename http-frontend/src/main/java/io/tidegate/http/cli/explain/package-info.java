/** What one request would get from a configuration, and why. */
package io.tidegate.http.cli.explain;
