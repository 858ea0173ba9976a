/** The data port on Pekko's own TCP. */
package io.tidegate.http.transport.stock;
