/**
 * A run as a page to look at: one HTML file that needs nothing but itself. The Java side chooses
 * and counts, the page's own scripts draw.
 */
package io.tidegate.loadtest.report;
