/** Who is known, and by what they are known: the section {@code identity} of the configuration. */
package io.tidegate.http.config.identity;
