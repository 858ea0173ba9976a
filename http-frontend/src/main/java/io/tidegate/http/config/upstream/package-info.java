/** The sections of the file that say where requests go, and how long each step may take. */
package io.tidegate.http.config.upstream;
