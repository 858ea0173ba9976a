/** Who is let in: limit, tiers, sessions and features, as the configuration has them. */
package io.tidegate.http.config.admission;
