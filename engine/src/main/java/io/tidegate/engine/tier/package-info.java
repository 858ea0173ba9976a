/** Who asks: subscribers, the tiers they belong to, and the order in which classes are served. */
package io.tidegate.engine.tier;
