/** Who is calling: by an API key, a signed token, a trusted proxy's word, or by nothing at all. */
package io.tidegate.http.identity;
