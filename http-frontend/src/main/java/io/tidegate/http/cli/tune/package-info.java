/** Advice on settings from recorded histograms. */
package io.tidegate.http.cli.tune;
