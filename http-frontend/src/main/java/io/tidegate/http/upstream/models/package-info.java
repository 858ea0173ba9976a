/** The models of all upstreams as one list. */
package io.tidegate.http.upstream.models;
