/** How many seats are kept free for the best tier, and why that many. */
package io.tidegate.engine.reserve;
