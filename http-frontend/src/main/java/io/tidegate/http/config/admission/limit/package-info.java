/** How many seats there are, and what answers are to keep to. */
package io.tidegate.http.config.admission.limit;
