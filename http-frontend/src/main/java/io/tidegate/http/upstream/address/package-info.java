/** Where upstreams are: names that become addresses, again and again, and certificates. */
package io.tidegate.http.upstream.address;
