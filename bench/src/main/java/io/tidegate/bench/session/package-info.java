/** What a million open sessions cost. */
package io.tidegate.bench.session;
