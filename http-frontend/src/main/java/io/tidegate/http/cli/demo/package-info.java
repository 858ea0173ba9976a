/** A gate that tells a story: visitors and mishaps on a loop, for whoever wants to see it work. */
package io.tidegate.http.cli.demo;
