/** The configuration file: read with the place of every mistake, held in immutable records. */
package io.tidegate.http.config;
