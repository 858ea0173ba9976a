/** How many seats there are now: policies that compute the limit from what streams show. */
package io.tidegate.engine.limit;
