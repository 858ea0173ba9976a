/** Which upstream takes a request, as rules that are told the time and send nothing. */
package io.tidegate.http.upstream.selection;
