/** Who is calling: the API keys a subscriber may show. */
package io.tidegate.http.identity;
