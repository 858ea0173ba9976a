/** API keys as the configuration has them. */
package io.tidegate.http.config.identity.key;
